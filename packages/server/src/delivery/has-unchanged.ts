/**
 * Asks whether a browser already has the picture that it asks for. Tags are compared weakly.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
 */
export function hasUnchanged({ headers }: Request, etag: string): boolean {
  const known = headers.get('if-none-match')?.split(',') ?? []
  return known.some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')))
}
