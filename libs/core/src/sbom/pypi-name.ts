/**
 * The name by which a package of PyPI is known, whoever writes it: `PyYAML`, `pyyaml` and `py_yaml` are different only to the eye
 * (https://packaging.python.org/specifications/name-normalization, PEP 503).
 */
export function pypiName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/gu, '-');
}
