package loci.discord;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import loci.chat.Delivery;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.exceptions.InsufficientPermissionException;
import net.dv8tion.jda.api.requests.ErrorResponse;

/** What JDA's exceptions mean here. Pure. */
final class Failures {

    private Failures() {}

    /** The exception that a future wraps. */
    static Throwable cause(Throwable thrown) {
        Throwable cause = thrown.getCause();
        boolean wrapper = thrown instanceof CompletionException || thrown instanceof ExecutionException;
        return wrapper && cause != null ? cause : thrown;
    }

    /** Whether Discord may have done what it was asked, although it did not say so. */
    static boolean isOutcomeUnknown(Throwable failure) {
        return failure instanceof TimeoutException
                || (failure instanceof ErrorResponseException error && (error.isServerError() || isNetwork(error)));
    }

    private static boolean isNetwork(ErrorResponseException error) {
        return error.getErrorResponse() == ErrorResponse.SERVER_ERROR && error.getErrorCode() <= 0;
    }

    static boolean is(Throwable failure, ErrorResponse response) {
        return failure instanceof ErrorResponseException error && error.getErrorResponse() == response;
    }

    /** Whether an interaction can be answered no more. */
    static boolean isExpired(Throwable failure) {
        return is(failure, ErrorResponse.UNKNOWN_WEBHOOK)
                || is(failure, ErrorResponse.INVALID_WEBHOOK_TOKEN)
                || is(failure, ErrorResponse.UNKNOWN_INTERACTION)
                || is(failure, ErrorResponse.UNKNOWN_MESSAGE);
    }

    /** What a failed delivery is to the engine: never, where a person has to change something first. */
    static Delivery delivery(Throwable failure) {
        return switch (failure) {
            case InsufficientPermissionException missing ->
                new Delivery.Undeliverable(
                        "I lack the permission “" + missing.getPermission().getName() + "” there");
            case ErrorResponseException error ->
                isForGood(error)
                        ? new Delivery.Undeliverable("Discord refuses it: " + error.getMeaning())
                        : new Delivery.TryLater("Discord says " + error.getErrorCode() + " " + error.getMeaning());
            default ->
                new Delivery.TryLater(
                        "Discord did not answer: " + failure.getClass().getSimpleName());
        };
    }

    private static boolean isForGood(ErrorResponseException error) {
        int status = error.getResponse().code;
        return switch (error.getErrorResponse()) {
            case SLOWMODE_RATE_LIMIT, CHANNEL_WRITE_RATE_LIMIT, GUILD_WRITE_RATE_LIMIT, OPEN_DM_TOO_FAST -> false;
            case MESSAGE_SEND_TEMPORARILY_DISABLED, FEATURE_TEMPORARILY_DISABLED, SERVICE_RESOURCE_RATE_LIMIT -> false;
            default -> status >= 400 && status < 500 && status != 401 && status != 408 && status != 429;
        };
    }

    /** Whether the bot may not do it where it was to be done, which somebody there could change. */
    static boolean isForbidden(Throwable failure) {
        return failure instanceof InsufficientPermissionException
                || is(failure, ErrorResponse.MISSING_PERMISSIONS)
                || is(failure, ErrorResponse.MISSING_ACCESS);
    }
}
