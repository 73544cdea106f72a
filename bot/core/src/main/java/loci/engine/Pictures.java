package loci.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import loci.chat.Attachments;
import loci.chat.ChatPlatform;
import loci.chat.Image;
import loci.chat.MessageRef;
import loci.memory.MemoryView;
import loci.memory.Turn;
import loci.model.PromptImage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the platforms fetch the images that a question shows or points at, for models that see. Thread-safe. */
final class Pictures {

    private static final Logger LOG = LoggerFactory.getLogger(Pictures.class);

    /** They are held in memory while the model is asked. */
    private static final int MOST = 4;

    private final Map<String, ChatPlatform> platforms;

    Pictures(Map<String, ChatPlatform> platforms) {
        this.platforms = platforms;
    }

    /** Returns the images of a view's live message, and after them those of the one it replies to; fetched at the first call, and once. */
    Supplier<List<PromptImage>> of(MemoryView view) {
        return new Supplier<>() {
            private @Nullable List<PromptImage> fetched;

            @Override
            public List<PromptImage> get() {
                List<PromptImage> images = fetched;
                if (images == null) {
                    images = Stream.concat(Stream.of(view.live()), view.quoted().stream())
                            .flatMap(turn -> fetch(view, turn).stream())
                            .limit(MOST)
                            .toList();
                    fetched = images;
                }
                return images;
            }
        };
    }

    /** A platform that cannot be asked must not cost the answer: the model is then told the images' names alone. */
    private List<PromptImage> fetch(MemoryView view, Turn turn) {
        MessageRef message = turn.message();
        ChatPlatform platform = platforms.get(view.conversation().platform());
        List<PromptImage> images = new ArrayList<>();
        if (message == null || platform == null || !turn.opensExchange() || !Attachments.mayShowImages(turn.text())) {
            return images;
        }
        try {
            for (Image image : platform.images(view.conversation(), message)) {
                images.add(new PromptImage(image.source(), image.width(), image.height(), PromptImage.Detail.HIGH));
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "{}: the images of a message could not be fetched; it is answered without them",
                    view.conversation(),
                    e);
        }
        return images;
    }
}
