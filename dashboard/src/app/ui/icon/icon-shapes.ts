/** Line drawings on a 24 x 24 grid, one entry per stroke. */
export const ICON_SHAPES = {
  overview: ['M4 4h7v9H4z', 'M13 4h7v5h-7z', 'M13 11h7v9h-7z', 'M4 15h7v5H4z'],
  plus: ['M12 5v14', 'M5 12h14'],
  history: ['M4 12a8 8 0 1 0 2.6-5.9', 'M4 4v4h4', 'M12 8v4.5l3 1.8'],
  shield: ['M12 3l7.5 2.8v5.4c0 4.5-3 7.7-7.5 9.6-4.5-1.9-7.5-5.1-7.5-9.6V5.8z'],
  'shield-check': [
    'M12 3l7.5 2.8v5.4c0 4.5-3 7.7-7.5 9.6-4.5-1.9-7.5-5.1-7.5-9.6V5.8z',
    'M8.8 11.8l2.3 2.3 4.2-4.4',
  ],
  alert: ['M12 4.5l8.5 15h-17z', 'M12 10v4.2', 'M12 16.9v.1'],
  user: [
    'M12 4.2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6z',
    'M4.8 19.8c.8-3.3 3.6-5.3 7.2-5.3s6.4 2 7.2 5.3',
  ],
  sun: [
    'M12 8.2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6z',
    'M12 2.8v2',
    'M12 19.2v2',
    'M2.8 12h2',
    'M19.2 12h2',
    'M5.5 5.5l1.4 1.4',
    'M17.1 17.1l1.4 1.4',
    'M18.5 5.5l-1.4 1.4',
    'M6.9 17.1l-1.4 1.4',
  ],
  moon: ['M19.5 14.3A8 8 0 0 1 9.7 4.5a8 8 0 1 0 9.8 9.8z'],
  menu: ['M4 7h16', 'M4 12h16', 'M4 17h16'],
  close: ['M6 6l12 12', 'M18 6L6 18'],
  'chevron-right': ['M9.5 6l6 6-6 6'],
  'chevron-left': ['M14.5 6l-6 6 6 6'],
  folder: ['M3.5 6.5h6l2 2.2h9V18.5h-17z'],
  file: ['M6 3.5h8l4 4v13H6z', 'M14 3.5v4h4'],
  up: ['M12 19V6', 'M6.5 11.5L12 6l5.5 5.5'],
  check: ['M5 12.5l4.5 4.5L19 7.5'],
  clock: ['M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z', 'M12 8v4.5l3 1.8'],
  skip: ['M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z', 'M8 12h8'],
  external: ['M14 5h5v5', 'M19 5l-8.5 8.5', 'M17 13.5V19H5V7h5.5'],
  trash: ['M5 7h14', 'M9.5 7V4.5h5V7', 'M7 7l.8 12.5h8.4L17 7', 'M10.5 10.5v5.5', 'M13.5 10.5v5.5'],
} as const satisfies Record<string, readonly string[]>;

export type IconName = keyof typeof ICON_SHAPES;
