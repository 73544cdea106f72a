package loci.command;

/**
 * What a person is shown who is to write a question about a message that they picked. Immutable.
 *
 * @param title what stands above, at most {@value Commands#LONGEST_PICK} characters
 * @param question what stands beside the field
 * @param otherwise what is asked where the field is left empty
 */
public record QuestionForm(String title, String question, String otherwise) {}
