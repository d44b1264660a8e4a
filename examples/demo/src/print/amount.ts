// Amounts as a person says them.

const units = ['B', 'kB', 'MB', 'GB', 'TB']

/** `27.9 MB` */
export const bytes = (amount: number): string => {
  let value = amount
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[unit] ?? ''}`
}

/** `12,345` */
export const whole = (amount: number): string => Math.round(amount).toString().replace(/\B(?=(\d{3})+$)/g, ',')

/** `1 row`, `2 rows` */
export const counted = (amount: number, one: string, several = `${one}s`): string => `${whole(amount)} ${amount === 1 ? one : several}`

/** `3 ms`, `1.4 s` */
export const duration = (milliseconds: number): string =>
  milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(1)} s` : milliseconds >= 10 ? `${Math.round(milliseconds)} ms` : `${milliseconds.toFixed(1)} ms`
