// The look: one accent, a deep teal, greys that lean to it, a system font, an eight-pixel grid, hairlines.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

/** The accent, from a wash to almost black. 7 on white and 3 on the dark ground both have a contrast above 4.5. */
const teal: MantineColorsTuple = [
  "#e8f6f4",
  "#d0ebe8",
  "#a3d6d1",
  "#6fbfb8",
  "#45a8a0",
  "#25928a",
  "#147d76",
  "#0b6a64",
  "#085650",
  "#05433f",
];

/** Greys of the dark theme: a ground with a breath of the accent. */
const dark: MantineColorsTuple = [
  "#d6dddc",
  "#b4bebd",
  "#93a09f",
  "#6d7a79",
  "#414c4b",
  "#333d3c",
  "#262f2e",
  "#1b2322",
  "#141b1a",
  "#0e1413",
];

/** The theme of the component library. */
export const theme = createTheme({
  primaryColor: "teal",
  primaryShade: { light: 7, dark: 6 },
  colors: { teal, dark },
  autoContrast: true,
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  lineHeights: { xs: "1.35", sm: "1.4", md: "1.5", lg: "1.5", xl: "1.4" },
  spacing: { xs: "0.5rem", sm: "0.75rem", md: "1rem", lg: "1.5rem", xl: "2rem" },
  headings: {
    fontWeight: "620",
    sizes: {
      h1: { fontSize: "1.5rem", lineHeight: "1.25" },
      h2: { fontSize: "1.125rem", lineHeight: "1.35" },
      h3: { fontSize: "0.9375rem", lineHeight: "1.4" },
    },
  },
  components: {
    Button: { defaultProps: { size: "sm" } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
    Modal: { defaultProps: { centered: true, radius: "md", overlayProps: { backgroundOpacity: 0.4 } } },
    // The page has one banner; what stands over a dialog is none.
    ModalHeader: { defaultProps: { role: "presentation" } },
    DrawerHeader: { defaultProps: { role: "presentation" } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false } },
    Menu: { defaultProps: { shadow: "md", radius: "md", transitionProps: { duration: 80 } } },
    Select: { defaultProps: { checkIconPosition: "right", allowDeselect: false } },
  },
});

/** Our own names for colours: what styles.css and charts use. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    "--rail-width": "232px",
    "--header-height": "52px",
  },
  light: {
    "--ground": "#ffffff",
    "--ground-rail": "#f6f8f8",
    "--ground-sunk": "#f4f7f6",
    "--ground-hover": "#f0f4f3",
    "--line": "#e1e7e6",
    "--line-strong": "#c4cecc",
    "--ink": "#17211f",
    "--ink-soft": "#526260",
    "--accent": "#0b6a64",
    "--accent-wash": "#e6f3f1",
    "--good": "#1c6e3d",
    "--good-wash": "#e6f4ea",
    "--warn": "#865300",
    "--warn-wash": "#fcf1dc",
    "--bad": "#b3261e",
    "--bad-wash": "#fcebe9",
    "--calm": "#2b5f9e",
    "--calm-wash": "#e8f0fa",
    "--mantine-color-text": "#17211f",
    "--mantine-color-dimmed": "#526260",
    "--mantine-color-anchor": "#0b6a64",
    "--mantine-color-placeholder": "#6a7977",
    "--mantine-color-error": "#b3261e",
  },
  dark: {
    "--ground": "#141b1a",
    "--ground-rail": "#0e1413",
    "--ground-sunk": "#0e1413",
    "--ground-hover": "#1d2625",
    "--line": "#283231",
    "--line-strong": "#414c4b",
    "--ink": "#e3e9e8",
    "--ink-soft": "#9aa8a6",
    "--accent": "#6fbfb8",
    "--accent-wash": "#143330",
    "--good": "#79c893",
    "--good-wash": "#15301e",
    "--warn": "#e3b262",
    "--warn-wash": "#33270f",
    "--bad": "#f19a90",
    "--bad-wash": "#3a1b18",
    "--calm": "#92bdf0",
    "--calm-wash": "#17283d",
    "--mantine-color-body": "#141b1a",
    "--mantine-color-text": "#e3e9e8",
    "--mantine-color-dimmed": "#9aa8a6",
    "--mantine-color-anchor": "#6fbfb8",
    "--mantine-color-placeholder": "#8c9a98",
    "--mantine-color-error": "#f19a90",
  },
});
