/** What one check found out, as plain data. */
export interface Finding {
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped'
  /** What is so, in a sentence. Never holds a token, a key, a signature or a signed URL. */
  readonly finding: string
  /** What to do about it. */
  readonly fix?: string
}

export interface CheckResult extends Finding {
  /** Such as `account-hash`. */
  readonly name: string
}

export function ok(finding: string): Finding {
  return { status: 'ok', finding }
}

export function warn(finding: string, fix: string): Finding {
  return { status: 'warning', finding, fix }
}

export function fail(finding: string, fix: string): Finding {
  return { status: 'failed', finding, fix }
}

export function skip(finding: string, fix?: string): Finding {
  return { status: 'skipped', finding, ...(fix !== undefined && { fix }) }
}

/** Joins names as a sentence would. */
export function list(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}
