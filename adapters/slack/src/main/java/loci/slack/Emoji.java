package loci.slack;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The commonest of the short names that Slack writes for emoji, flags and skin tones included. A workspace's own emoji and rare ones keep
 * their short names, which say enough.
 */
final class Emoji {

    /** A short name between colons, and the skin tone that may follow. */
    static final Pattern NAMED = Pattern.compile(":(?<name>[a-z0-9_+'-]{1,60}):(?::skin-tone-(?<tone>[2-6]):)?");

    private static final Pattern FLAG = Pattern.compile("flag-([a-z])([a-z])");

    private static final int FIRST_LETTER_OF_FLAGS = 0x1F1E6;

    /** The lightest of five in a row, which Slack numbers from 2. */
    private static final int LIGHTEST = 0x1F3FB;

    private static final Map<String, String> KNOWN = known("""
        smile 😄 smiley 😃 grinning 😀 grin 😁 laughing 😆 satisfied 😆 sweat_smile 😅 joy 😂 rolling_on_the_floor_laughing 🤣
        slightly_smiling_face 🙂 simple_smile 🙂 upside_down_face 🙃 wink 😉 blush 😊 innocent 😇 heart_eyes 😍 star-struck 🤩
        kissing_heart 😘 yum 😋 stuck_out_tongue 😛 stuck_out_tongue_winking_eye 😜 hugging_face 🤗 thinking_face 🤔 face_palm 🤦
        facepalm 🤦 shrug 🤷 zipper_mouth_face 🤐 neutral_face 😐 expressionless 😑 no_mouth 😶 smirk 😏 unamused 😒
        face_with_rolling_eyes 🙄 grimacing 😬 relieved 😌 pensive 😔 sleepy 😪 sleeping 😴 mask 😷 face_with_thermometer 🤒
        nauseated_face 🤢 sneezing_face 🤧 exploding_head 🤯 face_with_cowboy_hat 🤠 partying_face 🥳 sunglasses 😎 nerd_face 🤓
        confused 😕 worried 😟 slightly_frowning_face 🙁 open_mouth 😮 astonished 😲 flushed 😳 pleading_face 🥺 fearful 😨
        cold_sweat 😰 disappointed_relieved 😥 cry 😢 sob 😭 scream 😱 disappointed 😞 sweat 😓 weary 😩 tired_face 😫
        triumph 😤 rage 😡 angry 😠 smiling_imp 😈 skull 💀 hankey 💩 poop 💩 clown_face 🤡 ghost 👻 alien 👽 robot_face 🤖
        melting_face 🫠 saluting_face 🫡 face_with_monocle 🧐 see_no_evil 🙈 hear_no_evil 🙉 speak_no_evil 🙊
        wave 👋 ok_hand 👌 v ✌️ crossed_fingers 🤞 point_left 👈 point_right 👉 point_up_2 👆 point_down 👇 point_up ☝️
        +1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 fist ✊ facepunch 👊 punch 👊 clap 👏 raised_hands 🙌 open_hands 👐 handshake 🤝
        pray 🙏 writing_hand ✍️ muscle 💪 eyes 👀 eye 👁️ brain 🧠 raised_hand ✋ hand ✋ raising_hand 🙋 bow 🙇 man-shrugging 🤷‍♂️
        woman-shrugging 🤷‍♀️ man-facepalming 🤦‍♂️ woman-facepalming 🤦‍♀️ runner 🏃 dancer 💃
        heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 black_heart 🖤 white_heart 🤍
        broken_heart 💔 sparkling_heart 💖 two_hearts 💕 100 💯 anger 💢 boom 💥 collision 💥 sweat_drops 💦 dash 💨 zzz 💤
        speech_balloon 💬 thought_balloon 💭 fire 🔥 sparkles ✨ star ⭐ star2 🌟 zap ⚡ sunny ☀️ cloud ☁️ rainbow 🌈 snowflake ❄️
        snowman ⛄ umbrella ☔ ocean 🌊 moon 🌔 crescent_moon 🌙 earth_africa 🌍 earth_americas 🌎 earth_asia 🌏
        tada 🎉 confetti_ball 🎊 balloon 🎈 gift 🎁 trophy 🏆 medal 🏅 first_place_medal 🥇 soccer ⚽ basketball 🏀 dart 🎯
        video_game 🎮 musical_note 🎵 notes 🎶 art 🎨 rocket 🚀 airplane ✈️ car 🚗 bus 🚌 bike 🚲 construction 🚧 house 🏠 office 🏢
        coffee ☕ tea 🍵 beer 🍺 beers 🍻 wine_glass 🍷 champagne 🍾 pizza 🍕 hamburger 🍔 cake 🍰 birthday 🎂 cookie 🍪 doughnut 🍩
        popcorn 🍿 apple 🍎 banana 🍌 avocado 🥑 taco 🌮 dog 🐶 cat 🐱 mouse 🐭 fox_face 🦊 bear 🐻 panda_face 🐼 pig 🐷 frog 🐸
        monkey 🐒 chicken 🐔 penguin 🐧 bird 🐦 unicorn_face 🦄 bee 🐝 bug 🐛 butterfly 🦋 snail 🐌 turtle 🐢 snake 🐍 octopus 🐙
        whale 🐳 dolphin 🐬 fish 🐟 crab 🦀 rose 🌹 sunflower 🌻 cactus 🌵 evergreen_tree 🌲 four_leaf_clover 🍀 mushroom 🍄
        white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ heavy_plus_sign ➕
        heavy_minus_sign ➖ question ❓ grey_question ❔ exclamation ❗ heavy_exclamation_mark ❗ bangbang ‼️ interrobang ⁉️
        warning ⚠️ no_entry ⛔ no_entry_sign 🚫 octagonal_sign 🛑 rotating_light 🚨 recycle ♻️ infinity ♾️ red_circle 🔴
        large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 large_purple_circle 🟣
        white_circle ⚪ black_circle ⚫ arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrows_counterclockwise 🔄 back 🔙
        end 🔚 soon 🔜 top 🔝 new 🆕 ok 🆗 cool 🆒 free 🆓 sos 🆘 information_source ℹ️ bulb 💡 mag 🔍 mag_right 🔎 lock 🔒
        unlock 🔓 key 🔑 hammer 🔨 wrench 🔧 hammer_and_wrench 🛠️ gear ⚙️ link 🔗 paperclip 📎 pushpin 📌 round_pushpin 📍
        scissors ✂️ pencil 📝 memo 📝 pencil2 ✏️ book 📖 books 📚 bookmark 🔖 newspaper 📰 page_facing_up 📄 clipboard 📋
        file_folder 📁 open_file_folder 📂 calendar 📆 date 📅 spiral_calendar_pad 🗓️ chart_with_upwards_trend 📈
        chart_with_downwards_trend 📉 bar_chart 📊 email ✉️ envelope ✉️ e-mail 📧 inbox_tray 📥 outbox_tray 📤 package 📦 mailbox 📫
        phone ☎️ telephone_receiver 📞 iphone 📱 computer 💻 desktop_computer 🖥️ keyboard ⌨️ printer 🖨️ floppy_disk 💾 cd 💿
        camera 📷 movie_camera 🎥 tv 📺 microphone 🎤 headphones 🎧 loudspeaker 📢 mega 📣 bell 🔔 no_bell 🔕 battery 🔋
        electric_plug 🔌 hourglass ⌛ hourglass_flowing_sand ⏳ watch ⌚ alarm_clock ⏰ stopwatch ⏱️ moneybag 💰 dollar 💵 euro 💶
        credit_card 💳 gem 💎 scales ⚖️ shield 🛡️ bomb 💣 pill 💊 microscope 🔬 telescope 🔭 satellite_antenna 📡 dna 🧬
        test_tube 🧪 magnet 🧲 toolbox 🧰 thread 🧵 jigsaw 🧩 crystal_ball 🔮 crown 👑 eyeglasses 👓 tophat 🎩 mortar_board 🎓
        checkered_flag 🏁 triangular_flag_on_post 🚩 black_flag 🏴 white_flag 🏳️ rainbow-flag 🏳️‍🌈 copyright ©️ tm ™️
        """);

    private Emoji() {}

    /**
     * What the short name stands for; empty where it is not one of the common ones.
     *
     * @param tone 2 (light) to 6 (dark), or null; left out where the emoji shows no skin
     */
    static Optional<String> shown(String name, @Nullable String tone) {
        var flag = FLAG.matcher(name);
        if (flag.matches()) {
            return Optional.of(regional(flag.group(1)) + regional(flag.group(2)));
        }
        return Optional.ofNullable(KNOWN.get(name)).map(emoji -> tone == null ? emoji : toned(emoji, tone.charAt(0)));
    }

    /** What {@code 1f44b-1f3fd} stands for; empty where that cannot be told. */
    static String fromPoints(String unicode) {
        StringBuilder out = new StringBuilder();
        for (String point : unicode.toUpperCase(Locale.ROOT).split("-", 12)) {
            int value = point.matches("[0-9A-F]{2,6}") ? Integer.parseInt(point, 16) : -1;
            if (value < 0xA9 && !point.matches("00(?:[23][0-9A])")) {
                return "";
            }
            if (!Character.isValidCodePoint(value) || Character.getType(value) == Character.SURROGATE) {
                return "";
            }
            out.appendCodePoint(value);
        }
        return out.toString();
    }

    private static String toned(String emoji, char tone) {
        int base = emoji.codePointAt(0);
        if (!Character.isEmojiModifierBase(base)) {
            return emoji;
        }
        int rest = Character.charCount(base);
        int after = rest < emoji.length() && emoji.charAt(rest) == '\uFE0F' ? rest + 1 : rest;
        return emoji.substring(0, rest) + Character.toString(LIGHTEST + tone - '2') + emoji.substring(after);
    }

    private static String regional(String letter) {
        return Character.toString(FIRST_LETTER_OF_FLAGS + letter.charAt(0) - 'a');
    }

    private static Map<String, String> known(String pairs) {
        Map<String, String> known = new HashMap<>();
        String[] words = pairs.strip().split("\\s+", -1);
        for (int i = 0; i + 1 < words.length; i += 2) {
            known.put(words[i], words[i + 1]);
        }
        return Map.copyOf(known);
    }
}
