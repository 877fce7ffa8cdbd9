/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the documents */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import manifest from '../../package.json';

export const root = dirname(dirname(__dirname));

/** Address of the repository. Links in shipped files and examples go there, since users have no repository. */
export const REPOSITORY = manifest.homepage;

/** Files below a folder of the repository, by their path in it. */
export function filesIn(folder: string, ending: string): string[] {
	return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith(ending))
		.map((file) => join(folder, file));
}

/** A document without its code, in which neither links nor headings count. */
export function withoutCode(markdown: string): string {
	return markdown.replace(/^(```+)[^\n]*\n[\s\S]*?\n\1$/gm, '').replace(/(`+)[^`\n]*?\1/g, '');
}

/** Targets of the links and pictures of a document. */
export function linksIn(markdown: string): string[] {
	const text = withoutCode(markdown);
	return [
		...[...text.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)].map(([, to]) => to ?? ''),
		...[...text.matchAll(/<(https?:[^>\s]+)>/g)].map(([, to]) => to ?? ''),
		...[...text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, to]) => to ?? ''),
	];
}

/** The anchors that GitHub makes of the headings of a document. */
export function anchorsIn(markdown: string): Set<string> {
	const anchors = new Set<string>();
	const seen = new Map<string, number>();
	const fenceless = markdown.replace(/^(```+)[^\n]*\n[\s\S]*?\n\1$/gm, '');
	for (const [, heading = ''] of fenceless.matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
		const plain = heading.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
		const slug = plain
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\p{M}\p{Pc}\- ]/gu, '')
			.replaceAll(' ', '-');
		const times = seen.get(slug) ?? 0;
		seen.set(slug, times + 1);
		anchors.add(times === 0 ? slug : `${slug}-${times}`);
	}
	return anchors;
}
