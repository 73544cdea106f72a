package loci.model;

import loci.model.PromptImage.Detail;

/** How a model counts the tokens of an image. Pure. */
public sealed interface ImageTokens {

    /** Returns the tokens of an image; at least 1, and never less than the model will count. */
    int of(PromptImage image);

    /**
     * By tiles of 512 pixels, after the image is scaled down to fit 2,048 by 2,048 and then until its shorter side has 768
     * (<a href="https://platform.openai.com/docs/guides/images-vision">Images and vision</a>).
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
            double shorter = Math.min(image.width(), image.height()) * fit;
            double scale = fit * Math.min(1, SHORTER_SIDE / shorter);
            return base + tile * tiles(image.width() * scale) * tiles(image.height() * scale);
        }

        private static int tiles(double pixels) {
            return Math.max(1, (int) Math.ceil(Math.round(pixels) / (double) TILE));
        }
    }

    /**
     * By patches of 32 pixels, at most so many, to which a larger image is scaled down
     * (<a href="https://platform.openai.com/docs/guides/images-vision">Images and vision</a>).
     *
     * @param multiplier tokens of each patch
     * @param cap the most patches of one image
     */
    record Patches(double multiplier, int cap) implements ImageTokens {

        private static final int PATCH = 32;

        @Override
        public int of(PromptImage image) {
            long patches = patches(image.width()) * patches(image.height());
            return (int) Math.ceil(Math.min(patches, cap) * multiplier);
        }

        private static long patches(int pixels) {
            return (pixels + PATCH - 1L) / PATCH;
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
}
