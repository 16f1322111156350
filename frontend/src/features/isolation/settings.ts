/** The settings of isolation: how they are grouped, and which of them differ from a mode's. */
import type { Schemas } from "@/api/client";
import type { Isolation } from "./hooks";

export type Value = string | number;
export type Settings = Readonly<Record<string, Value>>;
export type Choices = Schemas["IsolationChoices"];
export type SettingName = keyof typeof import("./words/en").default.setting;
export type MethodName = keyof typeof import("./words/en").default.method;

export const GROUPS = {
  words: [
    "audio_method",
    "highest_snr",
    "lowest_snr",
    "tone_over_noise",
    "highest_harmonic",
    "loudness",
    "cutoff",
    "bands",
    "piece",
  ],
  text: ["mask_method", "sampling_rate", "most_height"],
  limits: [
    "most_estoi",
    "most_denoised_estoi",
    "least_f0_correlation",
    "most_f0_outliers",
    "least_raw_f0_correlation",
    "least_voiced_found",
    "least_envelope_correlation",
    "least_peak_f1",
    "least_loudness_correlation",
  ],
} as const satisfies Record<string, readonly SettingName[]>;

export const GROUP_NAMES = ["words", "text", "limits"] as const;

/** The settings as the server sends them. */
export const settingsOf = (isolation: Isolation) => isolation.parameters as Settings;

export const settingsOfMode = (choices: Choices, mode: string) => (choices.modes[mode] ?? {}) as Settings;

/** What of the settings is not as in the mode: all that is sent beside its name. */
export function changedFrom(mode: Settings, settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([name, value]) => mode[name] !== value));
}

export const isSame = (one: Settings, other: Settings) => Object.keys(changedFrom(one, other)).length === 0;
