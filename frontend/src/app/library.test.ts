import { existsSync, readFileSync } from "node:fs";

const SOURCES = import.meta.glob<string>("../**/*.tsx", { query: "?raw", import: "default", eager: true });

/** Names of components that some file takes from the library. */
function componentsInUse(): string[] {
  const imports = Object.values(SOURCES).flatMap((text) => [
    ...text.matchAll(/import \{([^}]*)\} from "@mantine\/core"/g),
  ]);
  const names = imports.flatMap((found) => (found[1] as string).split(","));
  return [...new Set(names.map((name) => name.trim()))].filter((name) => /^[A-Z]/.test(name));
}

test("every component of the library that is used brings its styles", () => {
  const styles = readFileSync("src/app/library.css", "utf8");
  const hasOwn = (name: string) => existsSync(`node_modules/@mantine/core/styles/${name}.css`);
  const missing = componentsInUse().filter((name) => hasOwn(name) && !styles.includes(`/${name}.css`));
  expect(missing).toEqual([]);
  expect(componentsInUse()).toContain("Button");
});
