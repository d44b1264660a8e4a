// Names in raw statements of the runner's own.

/** Quotes a name for a dialect. */
export const quoted = (dialect: string) => (name: string): string => (dialect === 'mysql' || dialect === 'mariadb' ? `\`${name}\`` : `"${name}"`)
