/** A picture of a screen, which says nothing to who cannot see it: what is around it does. */
export function Picture({ url }: { url: string }) {
  // oxlint-disable-next-line next/no-img-element -- it is a blob of this page already, as small as it is shown
  return <img src={url} alt="" draggable={false} />
}
