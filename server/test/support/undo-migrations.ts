import type { DataSource } from 'typeorm';

/** Takes migrations back until the one of that name is undone. */
export async function undoDownTo(writer: DataSource, name: string): Promise<void> {
  for (;;) {
    const [last] = await writer.query<{ name: string }[]>(
      'SELECT name FROM migrations ORDER BY timestamp DESC LIMIT 1',
    );
    await writer.undoLastMigration();
    if (last === undefined || last.name.startsWith(name)) return;
  }
}
