package loci.discord.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;

/** The socket under the gateway. */
final class GatewayServer extends WebSocketServer {
    private static final int DECODE_ERROR = 4002;
    private static final int ABNORMAL = 1006;
    private static final JsonMapper JSON = new JsonMapper();

    private final World world;
    private final Gateway gateway;
    private final CountDownLatch started = new CountDownLatch(1);

    GatewayServer(World world, Gateway gateway) {
        super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        this.world = world;
        this.gateway = gateway;
        setReuseAddr(true);
        setDaemon(true);
        setTcpNoDelay(true);
        setConnectionLostTimeout(0);
    }

    /** Starts listening; gives the URL. */
    String open() throws InterruptedException {
        start();
        if (!started.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the gateway does not start");
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
        world.locked(() -> gateway.connected(connection));
    }

    @Override
    public void onClose(WebSocket connection, int code, String reason, boolean remote) {
        world.locked(() -> gateway.disconnected(connection, code, remote));
    }

    @Override
    public void onMessage(WebSocket connection, String text) {
        try {
            JsonNode frame = JSON.readTree(text);
            world.locked(() -> gateway.received(connection, frame));
        } catch (JsonProcessingException broken) {
            connection.close(DECODE_ERROR, "Decode error.");
        }
    }

    @Override
    public void onError(@Nullable WebSocket connection, Exception problem) {
        if (connection != null) {
            connection.close(4000, "Unknown error: " + problem);
        }
    }
}
