package loci.slack.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;

/** The WebSocket under Socket Mode. */
final class SocketHost extends WebSocketServer {
    private static final int ABNORMAL = 1006;

    private final World world;
    private final SocketMode mode;
    private final CountDownLatch started = new CountDownLatch(1);

    SocketHost(World world, SocketMode mode) {
        super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        this.world = world;
        this.mode = mode;
        setReuseAddr(true);
        setDaemon(true);
        setTcpNoDelay(true);
        setConnectionLostTimeout(0);
    }

    /** Starts listening; gives the URL. */
    String open() throws InterruptedException {
        start();
        if (!started.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the socket does not start");
        }
        return "ws://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + getPort();
    }

    /** Ends a connection without a closing frame. */
    static void cut(WebSocket connection) {
        ((WebSocketImpl) connection).closeConnection(ABNORMAL, "");
    }

    @Override
    public void onStart() {
        started.countDown();
    }

    @Override
    public void onOpen(WebSocket connection, ClientHandshake handshake) {
        world.locked(() -> mode.connected(connection, handshake.getResourceDescriptor()));
    }

    @Override
    public void onClose(WebSocket connection, int code, String reason, boolean remote) {
        world.locked(() -> mode.disconnected(connection));
    }

    @Override
    public void onMessage(WebSocket connection, String text) {
        try {
            JsonNode frame = Forms.JSON.readTree(text);
            world.locked(() -> mode.received(frame));
        } catch (JsonProcessingException broken) {
            world.locked(() -> world.violations().add("a frame that is no JSON: " + text));
        }
    }

    @Override
    public void onError(@Nullable WebSocket connection, Exception problem) {
        if (connection != null) {
            connection.close(1011, "" + problem);
        }
    }
}
