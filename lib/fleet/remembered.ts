/**
 * `make`, asked once for each text: many objects say the same, and what is made of it is then one value in
 * memory. Past `limit` texts the memory begins anew, so that nobody can fill it; keep long texts out of it.
 */
export function remembered<Value>(limit: number, make: (text: string) => Value): (text: string) => Value {
  const values = new Map<string, Value>()
  return (text) => {
    const known = values.get(text)
    if (known !== undefined) return known
    if (values.size >= limit) values.clear()
    const value = make(text)
    values.set(text, value)
    return value
  }
}
