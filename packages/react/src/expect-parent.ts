/** Yields what a part reads of the part around it. @throws Error that tells where the part belongs. */
export function expectParent<Value>(value: Value | null, part: string, parent: string): Value {
  if (value === null) throw new Error(`${part} must be inside ${parent}`)
  return value
}
