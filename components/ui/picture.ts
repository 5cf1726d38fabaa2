/** Makes an element that is not an <img> a picture: `says` is its alternative text and its tip. */
export function picture(says: string) {
  return { role: 'img', 'aria-label': says, 'data-tip': says } as const
}
