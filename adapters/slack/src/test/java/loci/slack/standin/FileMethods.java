package loci.slack.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code files.*}: what a file is, and how the bot uploads one in three steps. */
final class FileMethods {
    private record Announced(String name, int length) {}

    private final World world;
    private final Lookup lookup;
    private final Map<String, Announced> announced = new LinkedHashMap<>();
    private final Map<String, byte[]> received = new LinkedHashMap<>();

    FileMethods(World world, Lookup lookup) {
        this.world = world;
        this.lookup = lookup;
    }

    void register(Map<String, WebApi.Method> methods) {
        methods.put("files.info", this::file);
        methods.put("files.getUploadURLExternal", this::uploadUrl);
        methods.put("files.completeUploadExternal", this::complete);
    }

    private ObjectNode file(Call call) {
        world.grants().need("files:read");
        SharedFile found = world.files().get(call.required("file"));
        if (found == null) {
            throw new Refusal("file_not_found");
        }
        ObjectNode answer = World.json();
        answer.set("file", found.described());
        return answer;
    }

    private ObjectNode uploadUrl(Call call) {
        world.grants().need("files:write");
        String name = call.required("filename");
        int length = Integer.parseInt(call.required("length"));
        if (length <= 0) {
            throw new Refusal("invalid_arguments").saying("length must be more than 0");
        }
        String id = world.id("F");
        announced.put(id, new Announced(name, length));
        return World.json().put("upload_url", world.base() + "/upload/" + id).put("file_id", id);
    }

    /** Takes the bytes; false where nobody announced so many. */
    boolean receive(String id, byte[] bytes) {
        Announced known = announced.get(id);
        if (known == null || known.length() != bytes.length) {
            return false;
        }
        received.put(id, bytes);
        return true;
    }

    private ObjectNode complete(Call call) {
        world.grants().need("files:write");
        List<SharedFile> uploaded = new ArrayList<>();
        for (JsonNode one : call.json("files")) {
            String id = one.path("id").asText();
            Announced known = announced.remove(id);
            byte[] bytes = received.remove(id);
            if (known == null || bytes == null) {
                throw new Refusal("file_not_found");
            }
            String title = one.path("title").asText(known.name());
            uploaded.add(store(id, known.name(), title, bytes, world.bot()));
        }
        if (uploaded.isEmpty()) {
            throw new Refusal("invalid_arguments").saying("missing required field: files");
        }
        String channelId = call.has("channel_id") ? call.text("channel_id") : call.text("channels");
        if (!channelId.isEmpty()) {
            share(call, channelId, uploaded);
        }
        ObjectNode answer = World.json();
        ArrayNode files = answer.putArray("files");
        uploaded.forEach(one -> files.add(one.shape()));
        return answer;
    }

    private void share(Call call, String channelId, List<SharedFile> uploaded) {
        Channel channel = lookup.writable(channelId);
        Message message = world.messages()
                .draft(channel, world.bot())
                .ofSubtype("file_share")
                .inThread(call.orNull("thread_ts"))
                .attaching(uploaded)
                .write(call.text("initial_comment"), Messages.none(), Messages.none());
        world.violations().look(call.method(), call.args());
        world.messages().post(message);
    }

    SharedFile store(String id, String name, String title, byte[] bytes, Account uploader) {
        String url = world.base() + "/files/" + id + "/" + name;
        SharedFile file = new SharedFile(id, name, title, bytes, url, uploader.id());
        world.files().put(id, file);
        return file;
    }
}
