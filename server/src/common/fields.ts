/** What an instance of a class holds, for classes that only describe rows or documents and are never constructed. */
export type Fields<T> = { [K in keyof T]: T[K] };
