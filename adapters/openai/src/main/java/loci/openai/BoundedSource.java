package loci.openai;

import java.io.IOException;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;

/** A response body that ends in an exception once it, or one event in it, is larger than allowed. Used by one thread. */
final class BoundedSource extends ForwardingSource {

    /** Thrown when a body is too large. Not to be retried: the next would be no smaller. */
    static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1;

        TooMuch() {
            super("the response is larger than allowed");
        }
    }

    private final Limits limits;
    private final Exchange exchange;
    private final Buffer fresh = new Buffer();
    private long total;
    private int event;
    private boolean lineIsEmpty = true;

    BoundedSource(Source delegate, Limits limits, Exchange exchange) {
        super(delegate);
        this.limits = limits;
        this.exchange = exchange;
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
        long read = super.read(fresh, byteCount);
        if (read <= 0) {
            return read;
        }
        byte[] bytes = fresh.readByteArray();
        total += read;
        for (byte b : bytes) {
            measure(b);
        }
        if (total > limits.totalBytes() || event > limits.eventBytes()) {
            exchange.end(Exchange.End.TOO_MUCH);
            throw new TooMuch();
        }
        sink.write(bytes);
        return read;
    }

    /** An empty line ends an event: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream */
    private void measure(byte b) {
        if (b == '\n') {
            event = lineIsEmpty ? 0 : event + 1;
            lineIsEmpty = true;
        } else if (b != '\r') {
            lineIsEmpty = false;
            event++;
        }
    }
}
