import type { Editor } from './editor';

/** Looks for secrets and tokens, as they are and as they may have been encoded. */
export class LeakSearch {
	private readonly needles: readonly string[];

	constructor(confidential: Iterable<string>) {
		this.needles = [...confidential].flatMap((value) => [
			value,
			encodeURIComponent(value),
			Buffer.from(value).toString('base64').replace(/=+$/, ''),
		]);
	}

	isIn(content: string | Buffer): boolean {
		return this.needles.some((needle) => content.includes(needle));
	}

	/** IDs of the stored executions that have one. */
	async executions(editor: Editor): Promise<string[]> {
		const found: string[] = [];
		for (const { id } of await editor.executions()) {
			const { raw } = await editor.execution(id);
			if (this.isIn(raw)) found.push(id);
		}
		return found;
	}
}
