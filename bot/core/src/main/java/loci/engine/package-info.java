/**
 * The engine: takes events in, keeps one lane per conversation, answers, condenses, delivers. {@link loci.engine.Engine} is the
 * {@link loci.chat.Inbox}; {@link loci.engine.Responder} is the loop from question to reply; {@link loci.engine.Compactor} keeps the
 * running note. What must survive is in the store before anything is done about it; what is in memory here can be lost at any time.
 */
@NullMarked
package loci.engine;

import org.jspecify.annotations.NullMarked;
