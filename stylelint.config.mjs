/** Raw colours live in the tokens alone; everything else speaks in variables. */
export default {
  rules: {
    'color-no-hex': true,
    'color-named': 'never',
    'function-disallowed-list': [
      'rgb',
      'rgba',
      'hsl',
      'hsla',
      'oklch',
      'lab',
      'lch',
      'hwb',
      'color',
    ],
    'no-duplicate-selectors': true,
    'block-no-empty': true,
  },
  overrides: [
    { files: ['dashboard/src/styles/tokens.css'], rules: { 'function-disallowed-list': null } },
  ],
};
