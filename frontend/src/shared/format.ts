/** Numbers, durations and times as people read them; the language only changes words and dates. */

const MINUS = "−";

/** A label or prediction with its sign, e.g. "+0.4", "0.0", "−1.0"; "–" when there is none. */
export function signed(value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined) return "–";
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return (value < 0 ? MINUS : "+") + text;
}

export function decimal(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined) return "–";
  return value.toFixed(digits).replace("-", MINUS);
}

export function whole(value: number | null | undefined): string {
  return value === null || value === undefined ? "–" : value.toLocaleString("en-US");
}

/** A share of one as a percentage, e.g. 0.8346 → "83.5". */
export function percent(share: number | null | undefined, digits = 1): string {
  return share === null || share === undefined ? "–" : (share * 100).toFixed(digits).replace("-", MINUS);
}

/** Seconds as "3.2 s", "1:05" or "2:03:09". */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return "–";
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const all = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60), all % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

export function bytes(count: number | null | undefined): string {
  if (count === null || count === undefined) return "–";
  const units = ["B", "kB", "MB", "GB", "TB"];
  const step = count < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(count) / 3));
  return `${(count / 1000 ** step).toFixed(step ? 1 : 0)} ${units[step]}`;
}

export function moment(iso: string | null | undefined, language: string): string {
  if (!iso) return "–";
  return new Intl.DateTimeFormat(language.startsWith("zh") ? "zh-CN" : "en-GB", {
    dateStyle: "medium",
    timeStyle: "short",
  }).format(new Date(iso));
}

/** Hours and minutes alone, beside a date that is told already. */
export function timeOfDay(iso: string, language: string): string {
  const locale = language.startsWith("zh") ? "zh-CN" : "en-GB";
  return new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(new Date(iso));
}

/** A clip as pages name it, from the one name that files and manifests have for it. */
export function clipName(id: string): string {
  return id.replace("$_$", " / ");
}

/** The first characters of a digest: enough to tell two apart by eye. */
export function shortHash(digest: string): string {
  return digest.slice(0, 12);
}
