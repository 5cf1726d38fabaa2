import type { Metadata } from 'next'
import { SetEditorPage } from '../../../../../components/set-editor/set-editor-page.tsx'

interface Place {
  params: Promise<{ namespace: string; name: string }>
}

export async function generateMetadata({ params }: Place): Promise<Metadata> {
  const { name } = await params
  return { title: `Edit ${name}` }
}

/** Edits one set. */
export default async function Page({ params }: Place) {
  const { namespace, name } = await params
  return <SetEditorPage purpose={{ kind: 'edit', namespace, name }} />
}
