/** What stands for the place of a finding about something that a file lacks. */
export const WHOLE_FILE = 'whole file';
