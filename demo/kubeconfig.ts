export interface KubeconfigOptions {
  /** `http://127.0.0.1:6443` */
  server: string
  token: string
  /** PEM of the authority to trust, for an https server. */
  certificate?: string
  /** Names the context, the cluster and the user; `cocoon-demo` unless told. */
  context?: string
  /** What `kubectl` uses when no namespace is given. */
  namespace?: string
}

/**
 * A kubeconfig (YAML). Without a certificate, checks are off, because `@kubernetes/client-node` refuses plain
 * http otherwise; `kubectl` sends its token to https servers only, so give it the server's secureUrl and certificate.
 */
export function kubeconfigText(options: KubeconfigOptions): string {
  const quoted = (text: string) => JSON.stringify(text)
  const name = quoted(options.context ?? 'cocoon-demo')
  const namespace = options.namespace ? [`      namespace: ${quoted(options.namespace)}`] : []
  return `${[
    'apiVersion: v1',
    'kind: Config',
    `current-context: ${name}`,
    'clusters:',
    `  - name: ${name}`,
    '    cluster:',
    `      server: ${quoted(options.server)}`,
    options.certificate
      ? `      certificate-authority-data: ${Buffer.from(options.certificate).toString('base64')}`
      : '      insecure-skip-tls-verify: true',
    'users:',
    `  - name: ${name}`,
    '    user:',
    `      token: ${quoted(options.token)}`,
    'contexts:',
    `  - name: ${name}`,
    '    context:',
    `      cluster: ${name}`,
    `      user: ${name}`,
    ...namespace,
  ].join('\n')}\n`
}
