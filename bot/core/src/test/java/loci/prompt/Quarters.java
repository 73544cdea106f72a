package loci.prompt;

import loci.model.TokenCounter;

/** Counts a token for every four characters begun: what a reader can check by eye. */
public final class Quarters implements TokenCounter {

    @Override
    public String encoding() {
        return "quarters";
    }

    @Override
    public int count(String text) {
        return (text.length() + 3) / 4;
    }
}
