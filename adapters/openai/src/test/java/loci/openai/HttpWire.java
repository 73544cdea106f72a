package loci.openai;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 connection of {@link OpenAiServer}, close enough to the bytes to be cut anywhere. Used by one thread. */
public final class HttpWire {

    private static final int LONGEST_LINE = 64 << 10;
    private static final int LARGEST_BODY = 8 << 20;

    /** A request before anybody made sense of it. */
    record Raw(String method, String path, Map<String, String> headers, String body) {}

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private long left = Long.MAX_VALUE;
    private boolean chunked;

    HttpWire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** The next request on the connection, or null where the client closed it. */
    @Nullable
    Raw read() throws IOException {
        String start = line();
        if (start.isEmpty()) {
            return null;
        }
        List<String> parts = List.of(start.split(" ", 3));
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        byte[] body = headers.getOrDefault("transfer-encoding", "").equals("chunked")
                ? chunkedBody()
                : bytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Raw(parts.get(0), parts.get(1), headers, new String(body, StandardCharsets.UTF_8));
    }

    /** From here on the connection breaks after so many more bytes. */
    public void cutAfter(long bytes) {
        left = bytes;
    }

    /** Answers in one piece. */
    public void respond(int status, Map<String, String> headers, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " " + reason(status) + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
        write(head.toString().getBytes(StandardCharsets.US_ASCII));
        write(bytes);
    }

    /** Begins a stream of events. */
    public void beginStream() throws IOException {
        chunked = true;
        String head = """
            HTTP/1.1 200 OK
            Content-Type: text/event-stream; charset=utf-8
            Cache-Control: no-cache
            x-request-id: req_test
            Transfer-Encoding: chunked

            """;
        write(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** One event with the given data. */
    public void event(String data) throws IOException {
        raw("data: " + data + "\n\n");
    }

    /** Anything at all, inside the stream. */
    public void raw(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        if (chunked) {
            framed.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        framed.writeBytes(bytes);
        if (chunked) {
            framed.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        write(framed.toByteArray());
    }

    /** Ends a stream properly. */
    public void endStream() throws IOException {
        write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        chunked = false;
    }

    /** Sends bytes as they are, for answers that are no HTTP. */
    public void bytes(byte[] bytes) throws IOException {
        write(bytes);
    }

    private void write(byte[] bytes) throws IOException {
        if (bytes.length >= left) {
            out.write(bytes, 0, (int) left);
            out.flush();
            if (left == 0) {
                // A reset: what a killed server or a dropped network looks like.
                socket.setSoLinger(true, 0);
            }
            socket.close();
            throw new EOFException("cut");
        }
        left -= left == Long.MAX_VALUE ? 0 : bytes.length;
        out.write(bytes);
        out.flush();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() > LONGEST_LINE) {
                throw new IOException("a line is too long");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private byte[] chunkedBody() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.writeBytes(bytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private byte[] bytes(int count) throws IOException {
        if (count < 0 || count > LARGEST_BODY) {
            throw new IOException("a body is too large");
        }
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the request broke off");
        }
        return bytes;
    }

    private static String reason(int status) {
        return status == 200 ? "OK" : status == 429 ? "Too Many Requests" : "Status";
    }
}
