/** The part of an image's name that tells images apart: registry and folders left out, a digest cut short. */
export function shortImage(image: string): string {
  const [name = '', digest] = image.split('@')
  const base = name.slice(name.lastIndexOf('/') + 1)
  return digest === undefined ? base : `${base}@${digest.slice(0, 14)}…`
}
