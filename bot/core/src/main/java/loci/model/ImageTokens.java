package loci.model;

import loci.model.PromptImage.Detail;

/** How a model counts the tokens of an image. Pure. */
public sealed interface ImageTokens {

    /** Returns the tokens of an image; at least 1, and never less than the model will count. */
    int of(PromptImage image);

    /**
     * By tiles of 512 pixels, after the image is scaled down to fit 2,048 by 2,048 and then until its shorter side has 768; a smaller
     * image is not scaled up
     * (<a href="https://platform.openai.com/docs/guides/images-vision">Images and vision</a>). Whether the provider rounds a scaled side
     * up or down is not published: it is rounded up.
     *
     * @param base tokens of any image, and all of one seen in low detail
     * @param tile tokens of each tile
     */
    record Tiles(int base, int tile) implements ImageTokens {

        private static final int LARGEST = 2_048;
        private static final int SHORTER_SIDE = 768;
        private static final int TILE = 512;

        @Override
        public int of(PromptImage image) {
            if (image.detail() == Detail.LOW) {
                return base;
            }
            double fit = Math.min(1, (double) LARGEST / Math.max(image.width(), image.height()));
            // Rounded the other way: the smaller this side is taken to be, the larger the other one stays.
            double shorter = Math.floor(Math.min(image.width(), image.height()) * fit + 1e-9);
            double scale = fit * Math.min(1, SHORTER_SIDE / shorter);
            return base + tile * begun(image.width() * scale / TILE) * begun(image.height() * scale / TILE);
        }
    }

    /**
     * By patches of 32 pixels, at most so many: an image of more is scaled down until it has no more, and then until its patches are
     * whole along one side (<a href="https://platform.openai.com/docs/guides/images-vision">Images and vision</a>). Detail changes
     * nothing.
     *
     * @param multiplier tokens of each patch
     * @param cap the most patches of one image
     */
    record Patches(double multiplier, int cap) implements ImageTokens {

        private static final int PATCH = 32;

        @Override
        public int of(PromptImage image) {
            double across = (double) image.width() / PATCH;
            double down = (double) image.height() / PATCH;
            long patches = (long) begun(across) * begun(down);
            return (int) Math.ceil((patches <= cap ? patches : scaledDown(across, down)) * multiplier);
        }

        private long scaledDown(double across, double down) {
            double shrink = Math.sqrt(cap / (across * down));
            double whole = Math.min(wholePart(across * shrink), wholePart(down * shrink));
            // An image too narrow for one whole patch: the rule would leave nothing of it.
            return whole == 0 ? cap : (long) begun(across * shrink * whole) * begun(down * shrink * whole);
        }

        private static double wholePart(double patches) {
            return Math.floor(patches) / patches;
        }
    }

    /** By area, where a model's own rule is not published: one token for 750 pixels, at least 85. */
    record Area() implements ImageTokens {

        private static final long PIXELS_PER_TOKEN = 750;
        private static final int FEWEST = 85;

        @Override
        public int of(PromptImage image) {
            long pixels = (long) image.width() * image.height();
            return (int) Math.max(FEWEST, (pixels + PIXELS_PER_TOKEN - 1) / PIXELS_PER_TOKEN);
        }
    }

    /** Rounds up, past what is only the error of floating-point numbers; at least 1. */
    private static int begun(double parts) {
        return Math.max(1, (int) Math.ceil(parts - 1e-9));
    }
}
