interface Placed {
  namespace: string
}

/** Each namespace that any of these rows is in, once and in order. */
export function namespacesOf(...rows: readonly Iterable<Placed>[]): string[] {
  const found = new Set<string>()
  for (const some of rows) for (const { namespace } of some) found.add(namespace)
  return [...found].sort()
}
