/**
 * The rules of Swtch's layers, for a build to enforce on itself.
 *
 * <p>A plugin needs one test:
 *
 * <pre>{@code
 * @Test
 * void keeps_the_layers() {
 *     SwtchRules.plugin(MyPlugin.class).check();
 * }
 * }</pre>
 *
 * <p>{@link dev.swtch.rules.SwtchRules} puts the rules together. To use one alone, take it from {@link
 * dev.swtch.rules.LayerRules}, {@link dev.swtch.rules.DeterminismRules} or {@link dev.swtch.rules.HouseRules} (ArchUnit
 * rules), or from {@link dev.swtch.rules.TailCalls}, {@link dev.swtch.rules.ServiceDeclarations}, {@link
 * dev.swtch.rules.ConstantPools} or {@link dev.swtch.rules.PackageInfos} (checks of files, which list what they found).
 *
 * <p>Package names are parameters everywhere, so that a fork under another name can use the rules too.
 */
@NullMarked
package dev.swtch.rules;

import org.jspecify.annotations.NullMarked;
