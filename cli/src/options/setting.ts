import type { OutputFormat } from '@securescan/contracts';
import type { ProjectConfigKey } from '@securescan/core';
import type { LoadedProjectConfig } from '@securescan/host-node';
import type { Scanner, ScanTarget } from '@securescan/scan-engine';
import { commaWords } from './comma-words';
import type { CliEnvironment } from './environment';
import type { ScanFlags } from './scan-flags';

/** Where a value came from; the first of them that says something wins. */
export type SettingSource = 'flag' | 'environment' | 'config' | 'default';

export interface Setting<T> {
  readonly value: T;
  readonly source: SettingSource;
  /** The flag, the variable, or the place in the configuration; `null` where there is nothing to name. */
  readonly detail: string | null;
}

/** The flags of any command that a setting may come from. */
export type SettingFlags = Partial<ScanFlags>;

/** All that settings are made of. */
export interface SettingSources {
  readonly flags: SettingFlags;
  readonly environment: CliEnvironment;
  readonly config: LoadedProjectConfig | null;
  /** `null` where no directory or file is scanned, or none is known yet. */
  readonly target: ScanTarget | null;
  readonly scanners: readonly Pick<Scanner, 'name' | 'scanType'>[];
  /** What the command's report can be written as. */
  readonly formats: readonly OutputFormat[];
}

/** Decides on a setting. Adds what is wrong with the words that it takes. */
export type Resolver<T> = (sources: SettingSources, problems: string[]) => Setting<T>;

/** Gives the words of a flag or a variable, which `where` names, their meaning; what has none is a problem. */
export type Meaning<T> = (words: readonly string[], where: string, problems: string[]) => T;

export interface TextLayers<T> {
  readonly flag: readonly [
    name: string,
    read: (flags: SettingFlags) => string | readonly string[] | undefined,
  ];
  readonly variable?: string;
  /** The variable holds several words with commas between. */
  readonly isList?: boolean;
  /** `null` where the configuration does not say. */
  readonly key?: readonly [ProjectConfigKey, (config: LoadedProjectConfig) => T | null];
  readonly meaning: Meaning<T>;
  readonly fallback: T;
}

/** A setting that flags and variables write as text. */
export function fromText<T>(layers: TextLayers<T>): Resolver<T> {
  const { variable, key, meaning, fallback } = layers;
  const [flag, readFlag] = layers.flag;
  return ({ flags, environment, config }, problems) => {
    const typed = readFlag(flags);
    if (typed !== undefined) {
      const words = typeof typed === 'string' ? [typed] : typed;
      return { value: meaning(words, flag, problems), source: 'flag', detail: flag };
    }
    const text = variable === undefined ? '' : environment.variable(variable);
    if (variable !== undefined && text !== '') {
      const words = layers.isList === true ? commaWords(text) : [text];
      const value = meaning(words, variable, problems);
      return { value, source: 'environment', detail: variable };
    }
    return key === undefined ? byDefault(fallback) : chooseKey(config, key, fallback);
  };
}

/** A setting that is on or off. The environment has read its variables already. */
export function fromSwitch(
  [flag, readFlag]: readonly [string, (flags: SettingFlags) => boolean | undefined],
  variable: readonly [string, (environment: CliEnvironment) => boolean] | null = null,
  fallback = false,
): Resolver<boolean> {
  return ({ flags, environment }) => {
    const typed = readFlag(flags);
    if (typed !== undefined) return { value: typed, source: 'flag', detail: flag };
    if (variable === null || environment.variable(variable[0]) === '') return byDefault(fallback);
    return { value: variable[1](environment), source: 'environment', detail: variable[0] };
  };
}

/** A setting that only a configuration can say. */
export function fromKey<T>(
  key: ProjectConfigKey,
  read: (config: LoadedProjectConfig) => T,
  fallback: T,
): Resolver<T> {
  return ({ config }) =>
    chooseKey(config, [key, (loaded) => (loaded.places.has(key) ? read(loaded) : null)], fallback);
}

function chooseKey<T>(
  config: LoadedProjectConfig | null,
  [key, read]: readonly [ProjectConfigKey, (config: LoadedProjectConfig) => T | null],
  fallback: T,
): Setting<T> {
  const value = config === null ? null : read(config);
  if (config === null || value === null) return byDefault(fallback);
  return { value, source: 'config', detail: placeInConfig(config, key) };
}

export function byDefault<T>(value: T, detail: string | null = null): Setting<T> {
  return { value, source: 'default', detail };
}

/** `.securescan.yml:3:1` */
export function placeInConfig({ path, places }: LoadedProjectConfig, location: string): string {
  const place = places.get(location);
  return place === undefined ? path : `${path}:${place.line}:${place.column}`;
}
