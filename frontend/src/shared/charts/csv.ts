/** Numbers to take away: a table as CSV for a spreadsheet, and text as a file. */

export type Cell = string | number | null | undefined;

/** RFC 4180 text; what is missing is an empty field, and what a spreadsheet would run as a formula becomes text. */
export function csvOf(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

function field(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number") return String(cell);
  const harmless = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Hands a CSV over as a file; the mark in front tells spreadsheets that it is UTF-8. */
export function saveCsv(name: string, header: readonly string[], rows: readonly (readonly Cell[])[]): void {
  saveText(`${name}.csv`, "text/csv;charset=utf-8", `\ufeff${csvOf(header, rows)}`);
}

export function saveText(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
}
