/** A moment as Kubernetes writes it: RFC 3339, whole seconds, UTC. */
export function kubeTime(ms: number): string {
  return `${new Date(Math.floor(ms / 1000) * 1000).toISOString().slice(0, 19)}Z`
}
