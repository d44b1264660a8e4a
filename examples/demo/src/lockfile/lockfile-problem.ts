// Why there is no graph: each with what to do about it.

export interface LockfileProblem {
  readonly _tag: 'LockfileProblem'
  readonly code: 'missing' | 'unreadable' | 'not-yaml' | 'unknown-version' | 'unknown-shape' | 'empty'
  readonly message: string
  readonly hint: string
}

export const lockfileProblem = (code: LockfileProblem['code'], message: string, hint: string): LockfileProblem =>
  ({ _tag: 'LockfileProblem', code, message, hint })
