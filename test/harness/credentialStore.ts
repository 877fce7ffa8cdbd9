/* eslint-disable @n8n/community-nodes/no-restricted-globals -- rule for shipped code; a test needs the real event loop */
import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';
import { UnexpectedError } from 'n8n-workflow';

// Taken before any test can install fake timers: the database must answer in their presence too.
const { setImmediate } = globalThis;

/** Reading or writing a database row takes at least one turn of the event loop. */
const databaseTurn = async () => await new Promise<void>((resolve) => setImmediate(resolve));

let lastId = 0;

/** One row of n8n's credentials table: what tests look into, and what all runs share. */
export class CredentialStore {
	readonly id = String(++lastId);

	readonly name: string;

	/** How often n8n itself stored the credential; edits by a user are not counted. */
	writes = 0;

	private row: string;

	constructor(
		readonly type: string,
		data: ICredentialDataDecryptedObject,
		name = `${type} account`,
	) {
		this.name = name;
		this.row = JSON.stringify(data);
	}

	/** The decrypted data with its hidden fields; a fresh copy. */
	get data(): ICredentialDataDecryptedObject {
		return JSON.parse(this.row) as ICredentialDataDecryptedObject;
	}

	/**
	 * What saving in the credential editor does. Hidden fields stay: the editor was given them with
	 * the rest and sends everything back (n8n's CredentialEdit.vue; masked values are restored by
	 * `unredact` in credentials.service.ts).
	 */
	edit(changes: ICredentialDataDecryptedObject): void {
		this.row = JSON.stringify({ ...this.data, ...changes });
	}

	async read(): Promise<ICredentialDataDecryptedObject> {
		await databaseTurn();
		return this.data;
	}

	async write(data: ICredentialDataDecryptedObject): Promise<void> {
		await databaseTurn();
		this.row = JSON.stringify(data);
		this.writes++;
	}
}

/** The credential types that n8n has loaded (n8n's credential-types.ts). */
export class CredentialTypes {
	private readonly byName: Map<string, ICredentialType>;

	constructor(types: ICredentialType[]) {
		this.byName = new Map(types.map((type) => [type.name, type]));
	}

	getByName(name: string): ICredentialType {
		const type = this.byName.get(name);
		if (!type) {
			const known = [...this.byName.keys()].join(', ') || 'none';
			throw new UnexpectedError(`Unknown credential type "${name}" (known: ${known})`);
		}
		return type;
	}

	has(name: string): boolean {
		return this.byName.has(name);
	}

	getParentTypes(name: string): string[] {
		const parents = this.byName.get(name)?.extends ?? [];
		return [...parents, ...parents.flatMap((parent) => this.getParentTypes(parent))];
	}
}
