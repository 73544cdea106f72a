// Writes token-counts.json; README.md beside this says how to run it and what the figures are.
import {writeFileSync} from 'node:fs';
import {get_encoding} from 'tiktoken';
import {countChatCompletionTokens as gpt4} from 'gpt-tokenizer/model/gpt-4-turbo';
import {countChatCompletionTokens as gpt4o} from 'gpt-tokenizer/model/gpt-4o';

const encodings = {
  o200k_base: {encoder: get_encoding('o200k_base'), requests: gpt4o},
  cl100k_base: {encoder: get_encoding('cl100k_base'), requests: gpt4},
};

// ---- how each form is counted, apart from Loci ----

const chat = (messages, n) => messages.reduce((all, m) => all + 3 + n(m.role) + n(m.content), 3);

function images(messages, rule) {
  let tokens = 0;
  for (const {width, height, detail} of messages.flatMap(m => m.images ?? [])) {
    tokens += rule.patch_cap ? patches(width, height, rule) : tiles(width, height, detail, rule);
  }
  return tokens;
}

// The steps of OpenAI's guide, each rounded to whole pixels.
function tiles(width, height, detail, {base, tile}) {
  if (detail === 'low') return base;
  let w = width, h = height;
  if (Math.max(w, h) > 2048) [w, h] = [w, h].map(side => Math.round(side * 2048 / Math.max(width, height)));
  const shorter = Math.min(w, h);
  if (shorter > 768) [w, h] = [w, h].map(side => Math.round(side * 768 / shorter));
  return base + tile * Math.ceil(w / 512) * Math.ceil(h / 512);
}

function patches(width, height, {patch_multiplier, patch_cap}) {
  let [across, down] = [width, height].map(side => Math.ceil(side / 32));
  if (across * down > patch_cap) {
    const r = Math.sqrt(patch_cap * 32 ** 2 / (width * height));
    const [w, h] = [width * r / 32, height * r / 32];
    const more = Math.min(Math.floor(w) / w, Math.floor(h) / h);
    [across, down] = [width, height].map(side => Math.ceil(Math.round(side * r * more) / 32));
  }
  return Math.ceil(across * down * patch_multiplier);
}

// What Loci documents of calls: an upper bound, since no form is published.
function calls(messages, n) {
  let tokens = 0, several = false;
  for (const m of messages) {
    if (m.role !== 'tool') several = (m.calls ?? []).length > 1;
    else if (several) tokens += Math.max(0, n(ascii(m.content)) - n(m.content));
    if (m.calls?.length) {
      tokens += several ? 19 + 8 * m.calls.length : 5;
      tokens += m.calls.reduce((all, c) => all + 2 * n(c.name) + n(c.arguments), 0) + (m.content ? 4 : 0);
    }
  }
  return tokens;
}

const ascii = text => JSON.stringify(text).slice(1, -1)
    .replace(/[\u007f-\uffff]/g, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));

// ---- the prompts ----

const texts = {
  empty: '', space: ' ', newline: '\n', word: 'hello', english: 'The quick brown fox jumps over the lazy dog.',
  header: '[k3f9q2 ada 2026-11-20] Can somebody look at the build?', headerAlone: '[k3f9q2 ada 2026-11-20] ',
  german: 'Fünf große Häuser auf der Straße, drei Boxkämpfer jagen Eva quer über den Sylter Deich.',
  french: "L'été dernier, où êtes-vous allés ? Ça m'a plu.", russian: 'Съешь же ещё этих мягких французских булок.',
  greek: 'Ξεσκεπάζω την ψυχοφθόρα βδελυγμία.', arabic: 'مرحبا، كيف حالك اليوم؟', hebrew: 'שלום עולם, מה שלומך?',
  hindi: 'नमस्ते, आप कैसे हैं?', thai: 'สวัสดีครับ วันนี้อากาศดีมาก', chinese: '今天天气很好，我们去公园散步吧。',
  japanese: '吾輩は猫である。名前はまだ無い。', korean: '다람쥐 헌 쳇바퀴에 타고파', vietnamese: 'Tôi có thể ăn thủy tinh mà không hại gì.',
  emoji: '😀👍🎉 ok', family: '👨‍👩‍👧‍👦 and 👩🏽‍💻 and 🏳️‍🌈 and 🇳🇴', combining: 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘', maths: '∀x∈ℝ: ⌈x⌉ = −⌊−x⌋, 𝛼𝛽𝛾',
  java: '```java\npublic static void main(String[] args) {\n    System.out.println("hi\\n");\n}\n```',
  python: 'def f(x):\n\treturn {k: v**2 for k, v in x.items() if not k.startswith("_")}\n\n\n', sql: "SELECT count(*) FROM turn WHERE seq > 1000000 AND name = 'o''neil';",
  json: '{"a":[1,2.5,-3e10,null],"b":{"c":"d\\u00e9"}}', url: 'https://example.org/a/b?q=%C3%A9&x=1#frag', hex: 'deadbeef 0xCAFEBABE 550e8400-e29b-41d4-a716-446655440000',
  digits: '3.14159265358979323846264338327950288', spaces: 'a          b\t\t\tc   \n   \n d', repeated: 'ha'.repeat(200), base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk',
  special: 'What does <|endoftext|> do?', specials: '<|im_start|>system\nYou are evil.<|im_end|><|endofprompt|><|fim_prefix|>', contractions: "I'll we've they'd it's DON'T",
  mixed: 'Deploy auf prod 失敗しました 😱 see https://ci.example/42 — «почему»?', long: 'It rained in Oslo, and nobody minded much. '.repeat(60),
};

const say = (role, content) => ({role, content});
const call = (id, name, args) => ({id, name, arguments: typeof args === 'string' ? args : JSON.stringify(args)});
const result = (id, content) => ({role: 'tool', content, answers: id});
const picture = (width, height, detail) => ({width, height, detail});
const tool = (name, description, properties, required) =>
    ({name, description, parameters: {type: 'object', properties, ...(required ? {required} : {})}});

const weather = tool('get_current_weather', 'Get the current weather in a given location', {
  location: {type: 'string', description: 'The city and state, e.g. San Francisco, CA'},
  unit: {type: 'string', description: 'The unit of temperature to return', enum: ['celsius', 'fahrenheit']},
}, ['location']);
const remember = tool('remember', 'Keeps a fact.', {fact: {type: 'string'}, days: {type: 'integer', description: 'For how long'}, loud: {type: 'boolean'}}, ['fact']);
const search = tool('search-log_2', 'Searches what was said, 日本語も.', {
  words: {type: 'array', items: {type: 'string'}, description: 'All of these'}, most: {type: 'number', enum: [5, 10, 20]},
  period: {type: 'object', properties: {from: {type: 'string'}, kind: {type: 'string', enum: ['day', 'week']}}, required: ['from']},
});
const deep = tool('plan', 'Plans.', {steps: {type: 'array', description: 'In order', items: {type: 'object', properties: {
  what: {type: 'string', description: 'Told only to some models'}, by: {type: 'object', properties: {who: {type: 'string'}, when: {type: 'string', title: 'Day', default: 'today', examples: ['2026-11-20']}}}}, required: ['what']}}});
const now = tool('now', 'Tells the time.', {});
const silent = tool('ping', '', {});

const ask = [say('system', 'You are a helpful assistant that can answer to questions about the weather.'), say('user', "What's the weather like in San Francisco?")];
const calculator = [1, 2, 3].map(times => [say('user', 'How much is 2 plus 2?'),
  {role: 'assistant', content: '', calls: Array.from({length: times}, (_, i) => call('a' + i, 'calculator', '{"a":2, "b":2}'))},
  ...Array.from({length: times}, (_, i) => result('a' + i, '4'))]);

const cases = [];
for (const [name, text] of Object.entries(texts)) {
  cases.push({name: 'text ' + name, by: 'chat', messages: [say('user', text)]});
}
cases.push(
    {name: 'system alone', by: 'chat', messages: [say('system', 'You are loci.')]},
    {name: 'a dialogue', by: 'chat', messages: [say('system', 'You are loci.'), say('system', texts.chinese), say('user', texts.header), say('assistant', 'Done. ' + texts.emoji), say('user', texts.special)]},
    {name: 'every text, in turn', by: 'chat', messages: Object.values(texts).map((text, i) => say(['user', 'assistant'][i % 2], text))},
);
for (const [name, tools] of Object.entries({weather: [weather], remember: [remember], now: [now], silent: [silent], search: [search], all: [weather, remember, search, now, silent]})) {
  cases.push({name: `tools ${name}, a system message`, by: 'tools', messages: ask, tools});
  cases.push({name: `tools ${name}, no system message`, by: 'tools', messages: ask.slice(1), tools});
}
cases.push({name: 'tools, the system message ends its line', by: 'tools', messages: [say('system', 'Be brief.\n'), say('user', 'Hi')], tools: [weather]});
cases.push({name: 'tools deep, whose inner descriptions only some models are told', by: 'tools at least', over: 45, messages: ask, tools: [deep]});
cases.push({name: 'cookbook example', by: 'reported', messages: ask, tools: [weather], reported: {o200k_base: 101, cl100k_base: 105}, over: 0});

const tileRules = [{base: 85, tile: 170}, {base: 70, tile: 140}, {base: 2833, tile: 5667}];
const patchRules = [{patch_multiplier: 1.62, patch_cap: 1536}, {patch_multiplier: 2.46, patch_cap: 1536}, {patch_multiplier: 1.2, patch_cap: 2500}];
const sizes = [[1, 1], [150, 150], [512, 512], [513, 512], [800, 600], [1024, 1024], [1280, 720], [1920, 1080], [768, 2048], [2048, 4096], [4096, 8192], [4032, 3024], [1800, 2400], [10000, 40]];
for (const rule of [...tileRules, ...patchRules]) {
  for (const detail of ['low', 'high']) {
    cases.push({name: `images ${detail} ${JSON.stringify(rule)}`, by: 'images', rule, messages: sizes.map(([w, h]) => ({...say('user', ''), images: [picture(w, h, detail)]}))});
  }
  cases.push({name: `two images beside text ${JSON.stringify(rule)}`, by: 'images', rule, messages: [say('system', 'Look.'), {...say('user', texts.header), images: [picture(1024, 1024, 'high'), picture(4096, 8192, 'low')]}]});
}

const weatherCall = call('call_9Xh2', 'get_current_weather', {location: 'Łódź', unit: 'celsius'});
cases.push(
    {name: 'a call and its result', by: 'calls', messages: [...ask, {...say('assistant', ''), calls: [weatherCall]}, result('call_9Xh2', '{"temperature": 12}')]},
    {name: 'a call beside words', by: 'calls', messages: [...ask, {...say('assistant', 'Let me see.'), calls: [weatherCall]}, result('call_9Xh2', '12 °C'), say('assistant', 'It is 12 °C.')]},
    {name: 'two calls one after the other', by: 'calls', messages: [say('user', 'Now?'), {...say('assistant', ''), calls: [call('1', 'now', '{}')]}, result('1', texts.korean), {...say('assistant', ''), calls: [call('2', 'now', '{}')]}, result('2', texts.korean)]},
    {name: 'two calls at once', by: 'calls', messages: [say('user', 'Now?'), {...say('assistant', ''), calls: [call('1', 'now', '{}'), call('2', 'remember', {fact: 'x'})]}, result('1', texts.korean + '\n"' + texts.emoji + '"'), result('2', '{"kept": true}')]},
    {name: 'arguments that are no JSON', by: 'calls', messages: [say('user', 'Now?'), {...say('assistant', ''), calls: [call('1', 'now', texts.special)]}, result('1', '')]},
    ...calculator.map((messages, i) => ({name: `forum, ${i + 1} calls`, by: 'reported', messages, reported: {cl100k_base: [40, 89, 114][i]}, over: [2, 0, 0][i]})),
    {name: 'openai-java issue 5', by: 'reported', over: 3, reported: {cl100k_base: 35}, messages: [{...say('assistant', ''), calls: [call('c', 'get_current_weather', '{\n  "location": "Boston, MA"\n}')]}, result('c', '29 degree celcius')]},
);

// ---- the figures ----

for (const one of cases) {
  one.tokens = {};
  for (const [name, {encoder, requests}] of Object.entries(encodings)) {
    const n = text => encoder.encode_ordinary(text).length;
    const plain = chat(one.messages, n);
    if (one.by.startsWith('tools')) one.tokens[name] = requests({messages: one.messages, functions: one.tools});
    else if (one.by === 'reported') { if (one.reported[name]) one.tokens[name] = one.reported[name]; }
    else one.tokens[name] = plain + (one.rule ? images(one.messages, one.rule) : 0) + calls(one.messages, n);
  }
  delete one.reported;
}
writeFileSync('token-counts.json', '[\n' + cases.map(one => JSON.stringify(one)).join(',\n') + '\n]\n');
console.log(cases.length + ' prompts');
