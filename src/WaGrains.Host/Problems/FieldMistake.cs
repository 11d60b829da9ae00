namespace WaGrains.Host.Problems;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Param">Where: the JSON path in the body, or the name of the query parameter.</param>
/// <param name="Code">
/// Stable snake_case: missing, unknown, wrong_type, too_long, too_many, out_of_range, duplicate, invalid, not_allowed,
/// not_found, invalid_phone, duplicate_recipient, variable_missing, deadline_passed.
/// </param>
/// <param name="Detail">The rule in words; never what was sent.</param>
public sealed record FieldMistake(string Param, string Code, string Detail);
