/** Rules as data: plain JSON, each true or false of every image, whoever asks. */

/**
 * What a grant rests on. `no-tenant`, `ready` and `deleted` are there for the walls of every policy; a rule of an app's own may use
 * them too.
 */
export type Rule =
  | { readonly type: SimpleRule }
  | { readonly type: 'in-group'; readonly name: string }
  | { readonly type: 'all' | 'any'; readonly rules: readonly Rule[] }
  | { readonly type: 'not'; readonly rule: Rule }

export type SimpleRule = (typeof simpleRules)[number]

export const simpleRules = [
  'owner',
  'same-tenant',
  'no-tenant',
  'public',
  'ready',
  'deleted',
  'everybody',
] as const

/** Is true of the principal's own images. */
export const owner = (): Rule => ({ type: 'owner' })

/** Is true of every image, for the members of a group. */
export const inGroup = (name: string): Rule => ({ type: 'in-group', name })

/** Is true of the images of the principal's tenant. No tenant is the same as none. */
export const sameTenant = (): Rule => ({ type: 'same-tenant' })

/** Is true of public images. */
export const isPublic = (): Rule => ({ type: 'public' })

/** Is true of every image, for everybody who has a name. */
export const everybody = (): Rule => ({ type: 'everybody' })

/** Is true where all of these are. It takes one at least: of none, it would be true of everything. */
export const all = (...rules: readonly Rule[]): Rule => ({ type: 'all', rules })

/** Is true where one of these is. It takes one at least. */
export const any = (...rules: readonly Rule[]): Rule => ({ type: 'any', rules })

/** Is true where this rule is not. */
export const not = (rule: Rule): Rule => ({ type: 'not', rule })
