import { ImagesError } from '@lightfast/core'

/** What became of a call: narrow on `ok`. */
export type SafeResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: ImagesError }

/** A resource whose calls do not throw what Cloudflare, or the way to it, may answer. Iterators are not in it. */
export type SafeResource<Resource> = {
  readonly [
    Name in keyof Resource as Resource[Name] extends (...args: never) => Promise<unknown>
      ? Name
      : never
  ]: Resource[Name] extends (...args: infer Args) => Promise<infer Value>
    ? (...args: Args) => Promise<SafeResult<Value>>
    : never
}

export type Safe<Resources> = {
  readonly [Name in keyof Resources]: SafeResource<Resources[Name]>
}

/** Mirrors each resource. What is wrong in the caller's code still throws, and so does the caller's own abort. */
export function createSafe<Resources extends object>(resources: Resources): Safe<Resources> {
  const mirrored = Object.entries(resources).map(([name, resource]) => [name, mirror(resource)])
  // The compiler can not follow names through `fromEntries`; safe.test.ts calls every one of them.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.freeze(Object.fromEntries(mirrored)) as Safe<Resources>
}

type Method = (...args: readonly unknown[]) => Promise<unknown>

function mirror(resource: Readonly<Record<string, Method>>): Readonly<Record<string, Method>> {
  // Of all that a resource has, only a generator has a prototype.
  const methods = Object.entries(resource).filter(([, method]) => !('prototype' in method))
  return Object.freeze(Object.fromEntries(methods.map(([name, method]) => [name, toSafe(method)])))
}

function toSafe(method: Method): Method {
  return async function callSafely(...args) {
    try {
      return { ok: true, value: await method(...args) }
    } catch (error) {
      if (error instanceof ImagesError) return { ok: false, error }
      throw error
    }
  }
}
