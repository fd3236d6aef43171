const most = 100

/** A text of the file within a message: `"A1"`, a long one by its beginning. */
export const quoted = (text: string): string => `"${text.length > most ? `${text.slice(0, most)}…` : text}"`
