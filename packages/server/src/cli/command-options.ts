import { jobKinds } from '../jobs/job-store.ts'
import type { Job, JobKind } from '../jobs/job-store.ts'
import { InvalidCommandError } from './invalid-command-error.ts'
import { readName, readNumber, readWord } from './option-values.ts'
import type { OptionName, OptionValues } from './option-values.ts'

/** A command, and what it is asked to do. */
export type Request =
  | { readonly kind: 'doctor'; readonly options: DoctorOptions }
  | { readonly kind: 'migrate'; readonly options: MigrateOptions }
  | { readonly kind: 'reconcile'; readonly options: ReconcileOptions }
  | { readonly kind: 'cleanup'; readonly options: CleanupOptions }
  | { readonly kind: 'jobs'; readonly options: JobsOptions }
  | { readonly kind: 'import'; readonly options: ImportOptions }
  | { readonly kind: 'variants'; readonly options: VariantsOptions }
  | { readonly kind: 'keys'; readonly options: KeysOptions }

export type CommandName = Request['kind']

export interface CommonOptions {
  readonly output: 'text' | 'json'
}

/** `look` changes nothing, and tells what `act` would do. */
export interface Changing extends CommonOptions {
  readonly mode: 'look' | 'act'
}

export interface DoctorOptions extends CommonOptions {
  /** Variants that must be there besides `public`. */
  readonly variants: readonly string[]
  /** Takes the place of `LIGHTFAST_WEBHOOK_SECRET`. */
  readonly webhookSecret?: string
}

export type MigrateOptions = Changing
export type ReconcileOptions = Changing

export interface CleanupOptions extends Changing {
  /** Left out: unused images stay. */
  readonly unusedDays?: number
  readonly expiredDays: number
  readonly consent: 'ask' | 'given'
}

export interface JobsOptions extends CommonOptions {
  readonly state?: Job['state']
  readonly kind?: JobKind
  /** Keys, or all dead jobs that `kind` lets through. */
  readonly replay: readonly string[] | 'all'
  readonly task: 'list' | 'run'
}

export interface ImportOptions extends Changing {
  readonly sources: readonly string[]
  readonly list?: string
  readonly kind: string
  readonly owner: string
  readonly tenant?: string
  readonly concurrency: number
  readonly perMinute: number
  readonly stateFile?: string
  readonly hosts: 'public' | 'any'
}

export interface VariantsOptions extends Changing {
  /** Takes the place of `LIGHTFAST_PRESETS`. */
  readonly presets?: string
  readonly consent: 'ask' | 'given'
}

export interface KeysOptions extends Changing {
  readonly step: 'begin' | 'finish'
  /** Which of two keys goes, where their names do not tell. */
  readonly old?: string
  readonly consent: 'ask' | 'given'
  readonly value: 'hide' | 'show'
}

/** Asks whether there is such a command. */
export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name)
}

/**
 * Reads what a command was given.
 * @throws {InvalidCommandError} naming what is wrong, or what another command takes and this one does not.
 */
export function readOptions(
  name: CommandName,
  values: OptionValues,
  rest: readonly string[],
): Request {
  const { takes, read, verb } = commands[name]
  const stray = Object.keys(values).find((given) => !takes.some((taken) => taken === given))
  if (stray !== undefined)
    throw new InvalidCommandError(`${name} does not take --${stray}. Try --help.`)
  if (verb !== undefined && rest.join(' ') !== verb)
    throw new InvalidCommandError(`It is: lightfast ${name} ${verb}. Try --help.`)
  if (verb === undefined && name !== 'import' && rest.length > 0)
    throw new InvalidCommandError(`${name} takes options only. Try --help.`)
  return read(values, rest)
}

interface Reader {
  readonly takes: readonly OptionName[]
  /** Said after its name, as there may be others one day. */
  readonly verb?: string
  readonly read: (values: OptionValues, rest: readonly string[]) => Request
}

const DAYS = { min: 0, max: 36_500 }
const EXPIRED_DAYS = 30

/** Cloudflare allows 1200 calls in five minutes: this leaves a good third of them to the app. */
const PER_MINUTE = 150
const CONCURRENCY = 4

const commands: Readonly<Record<CommandName, Reader>> = {
  doctor: {
    takes: ['json', 'variant', 'webhook-secret'],
    read: (values) => ({ kind: 'doctor', options: readDoctor(values) }),
  },
  migrate: {
    takes: ['json', 'dry-run'],
    read: (values) => ({ kind: 'migrate', options: readChanging(values) }),
  },
  reconcile: {
    takes: ['json', 'dry-run'],
    read: (values) => ({ kind: 'reconcile', options: readChanging(values) }),
  },
  cleanup: {
    takes: ['json', 'dry-run', 'unused-days', 'expired-days', 'yes'],
    read: (values) => ({ kind: 'cleanup', options: readCleanup(values) }),
  },
  jobs: {
    takes: ['json', 'state', 'kind', 'replay', 'replay-all', 'run'],
    read: (values) => ({ kind: 'jobs', options: readJobs(values) }),
  },
  import: {
    takes: [
      ...(['json', 'dry-run', 'list', 'kind', 'owner', 'tenant'] as const),
      ...(['concurrency', 'per-minute', 'state', 'allow-private'] as const),
    ],
    read: (values, rest) => ({ kind: 'import', options: readImport(values, rest) }),
  },
  variants: {
    verb: 'sync',
    takes: ['json', 'dry-run', 'yes', 'presets'],
    read: (values) => ({ kind: 'variants', options: readVariants(values) }),
  },
  keys: {
    verb: 'rotate',
    takes: ['json', 'dry-run', 'yes', 'finish', 'old', 'show-value'],
    read: (values) => ({ kind: 'keys', options: readKeys(values) }),
  },
}

function readCommon({ json = false }: OptionValues): CommonOptions {
  return { output: json ? 'json' : 'text' }
}

function readChanging(values: OptionValues): Changing {
  return { ...readCommon(values), mode: values['dry-run'] === true ? 'look' : 'act' }
}

function readDoctor(values: OptionValues): DoctorOptions {
  const { variant: variants = [], 'webhook-secret': webhookSecret } = values
  variants.forEach(checkVariantName)
  return { ...readCommon(values), variants, ...(webhookSecret !== undefined && { webhookSecret }) }
}

function checkVariantName(name: string): void {
  if (/^[\w-]{1,99}$/.test(name)) return
  throw new InvalidCommandError('--variant must be the name of a variant: letters, digits, - and _')
}

function readCleanup(values: OptionValues): CleanupOptions {
  const { 'unused-days': unused, 'expired-days': expired = `${EXPIRED_DAYS}`, yes } = values
  return {
    ...readChanging(values),
    ...(unused !== undefined && { unusedDays: readNumber('unused-days', unused, DAYS) }),
    expiredDays: readNumber('expired-days', expired, DAYS),
    consent: yes === true ? 'given' : 'ask',
  }
}

function readJobs(values: OptionValues): JobsOptions {
  const { state, kind, replay = [], 'replay-all': all, run } = values
  if (all === true && replay.length > 0)
    throw new InvalidCommandError('--replay and --replay-all exclude each other.')
  return {
    ...readCommon(values),
    ...(state !== undefined && { state: readWord('state', state, ['dead', 'queued']) }),
    ...(kind !== undefined && { kind: readWord('kind', kind, jobKinds) }),
    replay: all === true ? 'all' : replay,
    task: run === true ? 'run' : 'list',
  }
}

function readImport(values: OptionValues, sources: readonly string[]): ImportOptions {
  const { list, kind, owner, tenant, state: stateFile, concurrency, ...others } = values
  if (sources.length === 0 && list === undefined)
    throw new InvalidCommandError('import needs paths, addresses or --list. Try --help.')
  const { 'per-minute': perMinute = `${PER_MINUTE}`, 'allow-private': anyHost } = others
  return {
    ...readChanging(values),
    sources,
    ...(list !== undefined && { list }),
    kind: readName('kind', kind),
    owner: readName('owner', owner),
    ...(tenant !== undefined && { tenant: readName('tenant', tenant) }),
    concurrency: readNumber('concurrency', concurrency ?? `${CONCURRENCY}`, { min: 1, max: 32 }),
    perMinute: readNumber('per-minute', perMinute, { min: 1, max: 100_000 }),
    ...(stateFile !== undefined && { stateFile }),
    hosts: anyHost === true ? 'any' : 'public',
  }
}

function readVariants(values: OptionValues): VariantsOptions {
  const { presets, yes } = values
  return {
    ...readChanging(values),
    ...(presets !== undefined && { presets }),
    consent: yes === true ? 'given' : 'ask',
  }
}

function readKeys(values: OptionValues): KeysOptions {
  const { finish, old, yes, json, 'show-value': show } = values
  if (show === true && json === true)
    throw new InvalidCommandError('--show-value and --json exclude each other.')
  return {
    ...readChanging(values),
    step: finish === true ? 'finish' : 'begin',
    ...(old !== undefined && { old: readName('old', old) }),
    consent: yes === true ? 'given' : 'ask',
    value: show === true ? 'show' : 'hide',
  }
}
