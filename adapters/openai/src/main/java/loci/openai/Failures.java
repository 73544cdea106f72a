package loci.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.SseException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.UnknownServiceException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import loci.model.ModelOutcome;
import loci.model.ModelOutcome.Cause;
import loci.model.ModelOutcome.Unavailable;
import loci.model.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Says what came of a call that did not end well. The sentences are this class's own: messages of providers and exceptions may quote
 * anything. Thread-safe.
 */
final class Failures {

    private final OpenAiSettings settings;

    Failures(OpenAiSettings settings) {
        this.settings = settings;
    }

    /** The outcome of a call that the SDK, or the exchange itself, left by an exception. */
    ModelOutcome of(RuntimeException failure, Exchange exchange, ReplyStream reply) {
        String partial = reply.partialText();
        Optional<ModelOutcome> own = ended(exchange, partial);
        if (own.isPresent()) {
            return own.get();
        }
        return switch (failure) {
            // An error in the place of the reply, which gateways send under 200, is no beginning of one.
            case SseException inStream -> refused(errorIn(inStream), exchange, partial, reply.hasBegun());
            case OpenAIIoException broken -> broken(broken, exchange, partial);
            case Exchange.Left left -> leftWaiting(left, exchange, partial);
            default -> {
                ServerError error = exchange.serverError();
                yield error != null && failure instanceof OpenAIException
                        ? refused(error, exchange, partial, exchange.hasBegun())
                        : notUnderstood("the answer is not what the protocol says", exchange, partial);
            }
        };
    }

    /** The outcome of a stream that ended without saying why it ends. */
    ModelOutcome unfinished(Exchange exchange, ReplyStream reply) {
        Optional<ModelOutcome> own = ended(exchange, reply.partialText());
        if (own.isPresent()) {
            return own.get();
        }
        ServerError error = exchange.serverError();
        if (error != null) {
            return refused(error, exchange, reply.partialText(), exchange.hasBegun());
        }
        if (!reply.hasBegun() && !exchange.contentType().startsWith("text/event-stream")) {
            return notUnderstood("the server answered with something other than a stream of events", exchange, "");
        }
        return new Unavailable(
                Cause.SERVER_FAILED,
                "the stream ended before the reply did" + tries(exchange),
                reply.partialText(),
                exchange.hasBegun());
    }

    /** The outcome where the exchange was ended from outside; empty where it was not. */
    Optional<ModelOutcome> ended(Exchange exchange, String partial) {
        Exchange.End ending = exchange.ending();
        if (ending == null) {
            return Optional.empty();
        }
        return Optional.of(
                switch (ending) {
                    case CANCELLED -> new ModelOutcome.Stopped(partial);
                    case EXPIRED ->
                        new Unavailable(
                                Cause.TIMED_OUT,
                                "not finished within the deadline of "
                                        + settings.deadline().toMillis() + " ms" + tries(exchange),
                                partial,
                                exchange.hasBegun());
                    case TOO_MUCH -> notUnderstood("the server sent more than any reply can be", exchange, partial);
                });
    }

    private ModelOutcome refused(ServerError error, Exchange exchange, String partial, boolean begun) {
        Optional<ModelOutcome.PromptTooLong> tooLong = TooLong.read(error);
        if (tooLong.isPresent()) {
            return tooLong.get();
        }
        if (error.declined()) {
            return new ModelOutcome.Declined("", Usage.UNKNOWN);
        }
        return error.unavailable(sentence(error) + tries(exchange), settings.apiKey(), partial, begun);
    }

    private ModelOutcome leftWaiting(Exchange.Left left, Exchange exchange, String partial) {
        ServerError error = exchange.serverError();
        if (error != null) {
            return refused(error, exchange, partial, exchange.hasBegun());
        }
        Throwable last = exchange.lastFailure();
        return broken(last == null ? left : last, exchange, partial);
    }

    private String sentence(ServerError error) {
        return switch (error.cause()) {
            case UNAUTHORISED ->
                settings.apiKey() == null
                        ? "the server wants a key and none is configured"
                        : "the server does not accept the key, or not for this model";
            case OUT_OF_QUOTA -> "the account's credit is used up";
            case RATE_LIMITED -> "the server takes no more requests for now";
            case TIMED_OUT -> "the server says it ran out of time";
            case SERVER_FAILED -> "the server failed";
            case REQUEST_REFUSED -> refusalSentence(error.status());
            case UNREACHABLE, NOT_UNDERSTOOD -> "the server refused";
        };
    }

    private static String refusalSentence(int status) {
        if (status == 404) {
            return "the server knows no such model, or the base URL lacks its version part, such as /v1";
        }
        return status >= 300 && status < 400
                ? "the server points to another address, which is not followed: configure that one"
                : "the server refuses the request as malformed";
    }

    private ModelOutcome broken(Throwable failure, Exchange exchange, String partial) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // SocketTimeoutException is one of these.
            if (cause instanceof InterruptedIOException) {
                String what = exchange.isAnswering()
                        ? "the answer fell silent for " + settings.readTimeout().toMillis() + " ms"
                        : "no connection within " + settings.connectTimeout().toMillis() + " ms, or no answer within "
                                + settings.readTimeout().toMillis() + " ms";
                return new Unavailable(Cause.TIMED_OUT, what + tries(exchange), partial, exchange.hasBegun());
            }
            String unreachable = exchange.isAnswering() ? null : unreachable(cause);
            if (unreachable != null) {
                return new Unavailable(Cause.UNREACHABLE, unreachable + tries(exchange), partial, exchange.hasBegun());
            }
            if (cause instanceof ProtocolException && !exchange.isAnswering()) {
                return notUnderstood("what answered does not speak HTTP", exchange, partial);
            }
        }
        return new Unavailable(
                Cause.SERVER_FAILED,
                (exchange.isAnswering() ? "the stream broke" : "the connection was closed without an answer")
                        + tries(exchange),
                partial,
                exchange.hasBegun());
    }

    private static @Nullable String unreachable(Throwable cause) {
        return switch (cause) {
            case UnknownHostException unknown -> "the server's name is not known";
            case ConnectException refused -> "the server's address accepts no connection";
            case NoRouteToHostException noRoute -> "there is no route to the server";
            case SSLException tls -> "no secure connection could be agreed on";
            case UnknownServiceException tls -> "no secure connection could be agreed on";
            default -> null;
        };
    }

    private static Unavailable notUnderstood(String sentence, Exchange exchange, String partial) {
        return new Unavailable(Cause.NOT_UNDERSTOOD, sentence + tries(exchange), partial, exchange.hasBegun());
    }

    private static ServerError errorIn(SseException inStream) {
        String body = String.valueOf(inStream.body().convert(JsonNode.class));
        return ServerError.read(
                200,
                body,
                inStream.headers().values("x-request-id").stream().findFirst().orElse(null));
    }

    private static String tries(Exchange exchange) {
        return exchange.attempts() > 1 ? ", after " + exchange.attempts() + " attempts" : "";
    }
}
