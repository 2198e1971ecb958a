// Colours in code, roughly: comments, texts, numbers, words of the language; lines of a diff; ANSI.

import { h } from "./dom.js";

const C = "break case catch class const continue default do else enum extends false final finally for if import new null private protected public return static super switch this throw true try void while";

const WORDS = {
  python: "and as assert async await break case class continue def del elif else except False finally for from global if import in is lambda match None nonlocal not or pass raise return True try while with yield",
  javascript: `${C} async await delete export from function in instanceof let of typeof undefined var yield`,
  typescript: `${C} any as async await boolean declare delete export from function implements in instanceof interface let number of readonly string type typeof undefined var yield`,
  java: `${C} abstract boolean byte char double float implements instanceof int interface long package record short throws var`,
  csharp: `${C} async await base bool decimal double foreach get in int interface internal is namespace object override readonly ref set string struct using var virtual`,
  cpp: `${C} auto bool char constexpr delete double float include int long namespace nullptr operator short sizeof struct template typedef typename union unsigned using virtual`,
  go: "break case chan const continue default defer else fallthrough false for func go goto if import interface map nil package range return select struct switch true type var",
  rust: "as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait true type unsafe use where while",
  kotlin: `${C} as data fun in interface internal is object open override sealed val var when`,
  bash: "case do done elif else esac export fi for function if in local return then until while",
  sql: "and as asc between by case create delete desc distinct drop else end exists from group having in index inner insert into is join left like limit not null on or order outer primary right select set table then union unique update values when where",
  lua: "and break do else elseif end false for function if in local nil not or repeat return then true until while",
  ruby: "and begin break case class def do else elsif end ensure false for if in module next nil not or redo rescue return self super then true unless until when while yield",
  php: `${C} array as echo foreach function global isset namespace print require use var`,
  json: "true false null",
  yaml: "true false null yes no",
  toml: "true false",
  css: "important",
};

const ALIASES = { py: "python", python3: "python", js: "javascript", jsx: "javascript", mjs: "javascript", ts: "typescript", tsx: "typescript", cs: "csharp", "c#": "csharp", c: "cpp", h: "cpp", "c++": "cpp", golang: "go", rs: "rust", kt: "kotlin", sh: "bash", shell: "bash", zsh: "bash", rb: "ruby", json5: "json", jsonc: "json", yml: "yaml", ini: "toml" };

const HASH = new Set(["python", "bash", "ruby", "yaml", "toml"]);
const DASHES = new Set(["sql", "lua"]);

const TEXT = "\"\"\"[\\s\\S]*?\"\"\"|'''[\\s\\S]*?'''|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])*'|`(?:\\\\.|[^`\\\\])*`";
const NUMBER = "\\b(?:0[xXbBoO][\\da-fA-F_]+|\\d[\\d_]*(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)\\b";

/** Return code as nodes; a language that is not known stays a text. */
export function highlighted(code, language) {
  const name = language.toLowerCase();
  const known = ALIASES[name] ?? name;
  if (known === "diff") return code.split(/(?<=\n)/).map(changed);
  if (known === "ansi") return ansi(code);
  return Object.hasOwn(WORDS, known) ? tokens(code, known) : [code];
}

function tokens(code, language) {
  const note = HASH.has(language) ? "#[^\\n]*" : DASHES.has(language) ? "--[^\\n]*" : "//[^\\n]*|/\\*[\\s\\S]*?\\*/";
  const words = WORDS[language].replaceAll(" ", "|");
  const pattern = new RegExp(`(${note})|(${TEXT})|(${NUMBER})|\\b(${words})\\b`, language === "sql" ? "gi" : "g");
  const nodes = [];
  let from = 0;
  for (const match of code.matchAll(pattern)) {
    nodes.push(code.slice(from, match.index), h("span", { class: `code-${["note", "text", "number", "word"][match.slice(1).findIndex(Boolean)]}` }, match[0]));
    from = match.index + match[0].length;
  }
  return [...nodes, code.slice(from)];
}

function changed(line) {
  const kind = { "+": "added", "-": "removed", "@": "note" }[line[0]];
  return kind ? h("span", { class: `code-${kind}` }, line) : line;
}

/** What terminals make of escape codes: bold, underline, eight colours of text and of ground. */
function ansi(code) {
  let style = {};
  return code.split(/(\x1b\[[\d;]*m)/).map((part) => {
    const codes = /^\x1b\[([\d;]*)m$/.exec(part);
    if (!codes) return part && Object.keys(style).length ? h("span", { style }, part) : part;
    for (const number of codes[1].split(";").map(Number)) {
      if (number === 0) style = {};
      else if (number === 1) style = { ...style, "font-weight": "700" };
      else if (number === 4) style = { ...style, "text-decoration": "underline" };
      else if (number >= 30 && number < 38) style = { ...style, color: `var(--ansi-${number - 30})` };
      else if (number >= 40 && number < 48) style = { ...style, "background-color": `color-mix(in srgb, var(--ansi-${number - 40}) 30%, transparent)` };
    }
    return null;
  });
}
