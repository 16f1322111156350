/** One look: neutral greys, one accent, four sizes, two weights, and the fonts that the system has. */
import { createTheme, type MantineColorsTuple } from "@mantine/core";

const accent: MantineColorsTuple = [
  "#eef1fc",
  "#dde2f7",
  "#b9c3ee",
  "#93a2e5",
  "#7386dd",
  "#5367cf",
  "#4a5ecb",
  "#3b4cc0",
  "#303fa3",
  "#263382",
];

const FONTS = [
  "system-ui",
  "-apple-system",
  "Segoe UI",
  "Roboto",
  "Helvetica Neue",
  "PingFang SC",
  "Hiragino Sans GB",
  "Microsoft YaHei",
  "Noto Sans CJK SC",
  "Noto Sans SC",
  "sans-serif",
]
  .map((name) => (name.includes(" ") ? `"${name}"` : name))
  .join(", ");

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 5 },
  colors: { accent },
  fontFamily: FONTS,
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
  fontSizes: { xs: "12px", sm: "14px", md: "14px", lg: "18px", xl: "28px" },
  fontWeights: { regular: "400", medium: "600", bold: "600" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "18px", lineHeight: "28px" },
      h2: { fontSize: "14px", lineHeight: "20px" },
      h3: { fontSize: "14px", lineHeight: "20px" },
    },
  },
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "sm" } },
    Modal: {
      defaultProps: { centered: true, transitionProps: { duration: 100 } },
      styles: { title: { fontWeight: 600 } },
    },
    Drawer: {
      defaultProps: { position: "right", transitionProps: { duration: 120 } },
      styles: { title: { fontWeight: 600 } },
    },
    // Nearly every field must be filled; those that need not say so.
    InputWrapper: { defaultProps: { withAsterisk: false } },
    Menu: { defaultProps: { transitionProps: { duration: 80 } } },
    Tooltip: { defaultProps: { openDelay: 200, transitionProps: { duration: 80 } } },
    Select: { defaultProps: { comboboxProps: { transitionProps: { duration: 80 } } } },
  },
});
