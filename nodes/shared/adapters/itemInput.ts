import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { SourceFile } from '../client/media/fileRules';
import type { ItemInput } from '../operation/operation';
import { filledIn, isLeftToModel } from './agent';
import { sourceFile } from './binary';
import { Parameters } from './parameters';

/** The input items of the run. */
export function itemInputs(context: IExecuteFunctions): ItemInput[] {
	const run: Run = {
		context,
		items: context.getInputData(),
		parameters: new Parameters(context),
		parsed: new WeakMap(),
	};
	return run.items.map((_, index) => new Item(run, index));
}

interface Run {
	readonly context: IExecuteFunctions;
	readonly items: readonly INodeExecutionData[];
	readonly parameters: Parameters;
	readonly parsed: ItemInput['parsed'];
}

/** There may be 100,000 of these, so each holds only what is its own. */
class Item implements ItemInput {
	private options?: IDataObject;

	constructor(
		private readonly run: Run,
		readonly index: number,
	) {}

	get json(): IDataObject {
		return this.run.items[this.index]?.json ?? {};
	}

	get parsed(): ItemInput['parsed'] {
		return this.run.parsed;
	}

	parameter(name: string): unknown {
		return this.run.parameters.value(name, this.index);
	}

	locator(name: string): unknown {
		return this.run.parameters.locator(name, this.index);
	}

	filledIn(name: string): string | undefined {
		return filledIn(this.run.context, name);
	}

	isLeftToModel(name: string): boolean {
		return isLeftToModel(this.run.context, name, this.index);
	}

	hasOption(name: string): boolean {
		return this.run.parameters.hasOption(name) ?? name in this.allOptions();
	}

	isConstantOption(name: string): boolean {
		return this.run.parameters.isConstantOption(name);
	}

	option(name: string): unknown {
		return this.run.parameters.option(name, () => this.allOptions());
	}

	binary(field: unknown): SourceFile {
		return sourceFile(this.run.context, this.index, field);
	}

	binaryFields(): string[] | undefined {
		// An n8n without this method keeps files apart from the other fields.
		const settings = (this.run.context as Partial<IExecuteFunctions>).getWorkflowSettings?.();
		if (settings?.binaryMode === 'combined') return undefined;
		return Object.keys(this.run.items[this.index]?.binary ?? {});
	}

	private allOptions(): IDataObject {
		return (this.options ??= this.run.parameters.allOptions(this.index));
	}
}
