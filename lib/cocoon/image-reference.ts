/** A snapshot in the registry, as clones name it (contract 9, rule 4). */
export interface SnapshotReference {
  repo: string
  /** `latest` when the reference has no tag. */
  tag: string
}

const REPO = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/

/**
 * A relative `repo[:tag]`; null for anything else. The first colon ends the repository, hence no registry
 * port, no digest, no upper case, no URL, and no empty tag (contract 9, rule 4).
 */
export function parseSnapshotReference(image: string): SnapshotReference | null {
  const colon = image.indexOf(':')
  const repo = colon < 0 ? image : image.slice(0, colon)
  const tag = colon < 0 ? 'latest' : image.slice(colon + 1)
  return REPO.test(repo) && TAG.test(tag) ? { repo, tag } : null
}

/** Whether an image is an http or https URL, which firecracker cannot boot (contract 9, rule 3). */
export function isImageUrl(image: string): boolean {
  return image.startsWith('http://') || image.startsWith('https://')
}
