/** Names as people type them: one per line, or with commas between, in either script. */

export function namesIn(text: string): string[] {
  return [...new Set(text.split(/[\s,，、;；]+/).filter(Boolean))];
}
